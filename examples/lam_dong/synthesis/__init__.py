"""How the events of July 2025 in Lâm Đồng are made up. Nothing in here is read by motcua or by the checker."""
