"""The published figures, and the choices that the publications leave open.

The figures come from published.tsv (see README.md for the reports); the choices
are ours and only shape the synthetic events.
"""

from __future__ import annotations

FIRST_DAY, LAST_DAY = "2025-07-01", "2025-07-29"
WARD_1, WARD_3 = "24823", "24841"  # Phường 1 and Phường 3 Bảo Lộc

COMMUNES = {"processed": 74_563, "resolved": 54_931, "overdue": 1_509, "pending": 19_632}
DEPARTMENTS = {"received": 23_361, "carried_over": 7_995, "resolved": 17_376, "overdue": 1_232, "pending": 13_980}
WARD_1_RECEIVED, WARD_1_RETURNED = 563, 13  # 1 to 15 July, every one resolved in time
WARD_3_RECEIVED, WARD_3_RESOLVED = 730, 546  # 1 to 17 July

# Not published: how many of the communes' dossiers were opened before 1 July, how many the
# province received to 16 July exactly ("nearly 30,000"), and how lateness spread over the month.
COMMUNES_CARRIED = 12_480
PROVINCE_RECEIVED_BY_16 = 29_874
OVERDUE_BY_16 = {"communes": 230, "departments": 200}  # keeps the province above 97 % on 16 July
DEPARTMENTS_PENDING_OVERDUE = 212
WARD_1_LATER, WARD_3_LATER = 640, 480  # received after their published periods
