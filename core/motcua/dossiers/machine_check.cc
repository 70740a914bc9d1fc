// What Machine::Check proves about a table of transitions.
#include <bitset>
#include <vector>

#include "absl/strings/str_cat.h"
#include "motcua/dossiers/machine.h"

namespace motcua {
namespace {

using StatusSet = std::bitset<kDossierStatusCount>;

// Guards of which a dossier in status 5 meets exactly one.
constexpr std::uint16_t kAskedGuards =
    kGuardAskedBefore | kGuardAskedInReception | kGuardAskedInAppraisal;

std::string Name(const Transition& row) {
  return absl::StrCat(static_cast<int>(row.from), " ", ToAbsl(NameOf(row.event)), " [",
                      GuardNames(row.guards), "] ", TargetName(row.to));
}

std::string Name(std::size_t status) {
  return absl::StrCat("status ", status, " (", ToAbsl(NameOf(static_cast<DossierStatus>(status))),
                      ")");
}

class MachineCheck {
 public:
  explicit MachineCheck(const Machine& machine) : machine_(machine) {
    for (const Transition& row : machine.transitions()) {
      const auto from = static_cast<std::size_t>(row.from);
      if (row.to == kToPrevious) {
        for (const std::size_t status : AskedIn(row)) next_[from].set(status);
      } else {
        next_[from].set(row.to == kToSame ? from : row.to);
      }
    }
  }

  std::vector<Problem> Run() {
    CheckReachable();
    CheckDeadEnds();
    CheckDeterminism();
    CheckClock();
    CheckPrevious();
    return std::move(problems_);
  }

 private:
  void Add(std::string subject, std::string field, std::string value, std::string expected) {
    problems_.push_back({Reason::kMalformedData, 0, std::move(subject), std::move(field),
                         std::move(value), std::move(expected)});
  }

  // The statuses that the row's guards say the supplement was asked in.
  std::vector<std::size_t> AskedIn(const Transition& row) const {
    std::vector<std::size_t> statuses;
    const bool any = (row.guards & (kAskedGuards | kGuardAskedAfter)) == 0;
    if (any || (row.guards & kGuardAskedBefore) != 0) statuses.push_back(1);
    if (any || (row.guards & (kGuardAskedInReception | kGuardAskedAfter)) != 0)
      statuses.push_back(2);
    if (any || (row.guards & (kGuardAskedInAppraisal | kGuardAskedAfter)) != 0)
      statuses.push_back(4);
    return statuses;
  }

  StatusSet Closure(std::size_t start) const {
    StatusSet reached;
    std::vector<std::size_t> open = {start};
    while (!open.empty()) {
      const std::size_t status = open.back();
      open.pop_back();
      if (reached.test(status)) continue;
      reached.set(status);
      for (std::size_t to = 0; to < next_[status].size(); ++to) {
        if (next_[status].test(to)) open.push_back(to);
      }
    }
    return reached;
  }

  bool Ends(std::size_t status) const {
    return status != 0 && machine_.IsTerminal(static_cast<DossierStatus>(status));
  }

  void CheckReachable() {
    const StatusSet reached = Closure(0);
    for (const Transition& row : machine_.transitions()) {
      const auto from = static_cast<std::size_t>(row.from);
      if (reached.test(from)) continue;
      Add(Name(row), "from", Name(from), "a status that some event leads to");
    }
    if (reached.count() == 1) Add("machine", "events", "", "an event that opens a dossier");
  }

  void CheckDeadEnds() {
    for (std::size_t status = 0; status < kDossierStatusCount; ++status) {
      if (!Closure(0).test(status)) continue;
      bool ends = false;
      const StatusSet reached = Closure(status);
      for (std::size_t to = 1; to < kDossierStatusCount; ++to) {
        ends = ends || (reached.test(to) && Ends(to));
      }
      if (!ends) Add(Name(status), "events", "", "a way to a status that ends the dossier");
    }
  }

  // Two rows exclude each other if they ask for different origins of the supplement.
  static bool Exclude(const Transition& a, const Transition& b) {
    const auto origins = [](std::uint16_t guards) -> unsigned {
      unsigned set = guards & kAskedGuards;
      if ((guards & kGuardAskedAfter) != 0) set |= kGuardAskedInReception | kGuardAskedInAppraisal;
      return set == 0 ? kAskedGuards : set;
    };
    return (origins(a.guards) & origins(b.guards)) == 0;
  }

  void CheckDeterminism() {
    const auto rows = machine_.transitions();
    for (std::size_t k = 0; k < rows.size(); ++k) {
      for (std::size_t m = k + 1; m < rows.size(); ++m) {
        if (rows[k].from != rows[m].from || rows[k].event != rows[m].event) continue;
        if (Exclude(rows[k], rows[m])) continue;
        Add(Name(rows[m]), "guard", GuardNames(rows[m].guards),
            "guards that exclude those of: " + Name(rows[k]));
      }
    }
  }

  void CheckClock() {
    bool starts = false;
    for (const Transition& row : machine_.transitions()) {
      starts = starts || row.clock == ClockEffect::kStart;
      if (row.clock != ClockEffect::kPause) continue;
      bool ends = false;
      for (const Transition& other : machine_.transitions()) {
        const bool goes_on = other.clock == ClockEffect::kResume ||
                             other.clock == ClockEffect::kRestart ||
                             other.clock == ClockEffect::kShift;
        ends = ends || (goes_on && static_cast<std::uint8_t>(other.from) == row.to);
      }
      if (!ends) Add(Name(row), "clock", "pause", "an event that lets the clock go on");
    }
    if (!starts) Add("machine", "clock", "", "an event that starts the clock");
  }

  void CheckPrevious() {
    for (const Transition& row : machine_.transitions()) {
      const bool asks =
          (row.guards & (kAskedGuards | kGuardAskedAfter | kGuardSupplementExpired)) != 0;
      if ((asks || row.to == kToPrevious) && row.from != DossierStatus::kAwaitingSupplement) {
        Add(Name(row), "from", Name(static_cast<std::size_t>(row.from)),
            "status 5: only there a supplement is waited for");
      }
    }
  }

  const Machine& machine_;
  StatusSet next_[kDossierStatusCount];
  std::vector<Problem> problems_;
};

}  // namespace

std::vector<Problem> Machine::Check() const { return MachineCheck(*this).Run(); }

}  // namespace motcua
