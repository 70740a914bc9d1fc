import datetime as dt

import motcua

calendar = motcua.WorkingCalendar.national()
deadline = calendar.deadline(dt.datetime(2025, 4, 29, 15, 10), "3wd")
print("due", deadline.due)
