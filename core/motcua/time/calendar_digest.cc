#include "motcua/time/calendar_digest.h"

#include <string_view>

namespace motcua {
namespace {

class Fnv {
 public:
  explicit Fnv(std::uint64_t seed) : state_(14695981039346656037u ^ seed) {}

  void Add(std::int64_t value) {
    for (int k = 0; k < 8; ++k) Byte(static_cast<unsigned char>(value >> (8 * k)));
  }
  void Add(std::string_view text) {
    Add(static_cast<std::int64_t>(text.size()));
    for (const char c : text) Byte(static_cast<unsigned char>(c));
  }
  void Add(const DayHours& hours) {
    Add(static_cast<std::int64_t>(hours.size()));
    for (const OfficePeriod& period : hours) Add(period.open * 1441 + period.close);
  }
  std::uint64_t state() const { return state_; }

 private:
  void Byte(unsigned char byte) { state_ = (state_ ^ byte) * 1099511628211u; }

  std::uint64_t state_;
};

}  // namespace

std::uint64_t DigestOf(const CalendarLayer& layer, std::uint64_t seed) {
  Fnv digest(seed);
  digest.Add(layer.source);
  digest.Add(layer.valid_from);
  digest.Add(layer.valid_to);
  digest.Add(layer.weekly.has_value());
  if (layer.weekly) {
    for (const DayHours& hours : *layer.weekly) digest.Add(hours);
  }
  digest.Add(static_cast<std::int64_t>(layer.days_off.size()));
  for (const auto& off : layer.days_off) digest.Add(off.day), digest.Add(off.name);
  digest.Add(static_cast<std::int64_t>(layer.make_up.size()));
  for (const auto& made : layer.make_up) digest.Add(made.day), digest.Add(made.weekday);
  digest.Add(static_cast<std::int64_t>(layer.half_days.size()));
  for (const auto& half : layer.half_days) digest.Add(half.day), digest.Add(half.hours);
  for (const DayHours& hours : layer.reception) digest.Add(hours);
  return digest.state();
}

std::uint64_t DigestOf(std::span<const Holiday> days, const std::vector<bool>& official_years) {
  Fnv digest(0);
  for (const Holiday& day : days) {
    digest.Add(day.day);
    digest.Add(day.partner);
    digest.Add(static_cast<std::int64_t>(day.kind));
    digest.Add(day.source);
    digest.Add(day.name);
  }
  for (const bool official : official_years) digest.Add(official);
  return digest.state();
}

}  // namespace motcua
