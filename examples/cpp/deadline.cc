#include <iostream>

#include "motcua/time/deadline.h"
#include "motcua/time/working_calendar.h"

int main() {
  const auto calendar = motcua::WorkingCalendar::National();
  const auto limit = motcua::TimeLimit::Parse("3wd");
  if (!calendar.ok() || !limit.ok()) return 1;

  const auto accepted_at = motcua::ToNumber(motcua::CivilMinute(2025, 4, 29, 15, 10));
  const auto deadline = motcua::ComputeDeadline(*calendar, *limit, accepted_at);
  if (!deadline.ok()) return 1;
  std::cout << "due " << motcua::ToString(motcua::MinuteFrom(deadline->due)) << "\n";
}
