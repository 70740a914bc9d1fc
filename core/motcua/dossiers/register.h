// The dossier register (sổ theo dõi hồ sơ): every dossier of a log, as of a minute.
//
//   MOTCUA_ASSIGN_OR_RETURN(const DossierRegister dossiers,
//                           DossierRegister::Fold(log, rules, ToNumber(now)));
//   for (const Dossier& dossier : dossiers.dossiers()) ...
//   dossiers.problems();   // events that could not be applied
//
// A register is a value: copies share the rows, and later changes of the log do
// not reach it. Thread safety: immutable.
#ifndef MOTCUA_DOSSIERS_REGISTER_H_
#define MOTCUA_DOSSIERS_REGISTER_H_

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/dossiers/dossier.h"
#include "motcua/dossiers/fold.h"

namespace motcua {

class DossierRegister {
 public:
  // Folds all events not after `as_of`; kNoMinute: all, as of the last of them.
  // Errors: kInvalidArgument for a machine whose `silence` is not a limit, or a procedure that
  // has two machines.
  // Complexity: O(events), well under 0.1 microseconds each.
  static absl::StatusOr<DossierRegister> Fold(const EventLog& log, const FoldRules& rules,
                                              MinuteNumber as_of = kNoMinute);

  // The same log and rules as of another minute; itself if it is the same.
  absl::StatusOr<DossierRegister> AsOf(MinuteNumber as_of) const;

  MinuteNumber as_of() const;
  const EventLog& log() const;
  const FoldRules& rules() const;  // with the plans that the catalogue's processes gave

  // Every dossier with at least one event applied, by dossier code.
  std::span<const Dossier> dossiers() const;
  // Events that were not applied, and what was expected instead, by dossier code and by their
  // time.
  const std::vector<Problem>& problems() const;

  // Errors: kUnknownDossier. O(log dossiers).
  absl::StatusOr<const Dossier*> Find(std::string_view dossier) const;
  // What every event of a dossier did. Errors: kUnknownDossier.
  absl::StatusOr<std::vector<HistoryEntry>> History(std::string_view dossier) const;
  // What may happen to a dossier next, at `at` (which may lie before or after as_of()): every
  // kind of event, possible or not. Errors: kUnknownDossier.
  absl::StatusOr<std::vector<Possibility>> Possible(std::string_view dossier,
                                                    MinuteNumber at) const;
  // Its steps; not active where its procedure has no plan. They borrow from the register's
  // rules. Errors: kUnknownDossier.
  absl::StatusOr<StepRun> Steps(std::string_view dossier) const;

  // The texts behind the numbers of a dossier.
  std::string_view code(const Dossier& dossier) const;
  std::string_view agency(const Dossier& dossier) const;
  std::string_view counted_at(const Dossier& dossier) const;
  std::string_view procedure(const Dossier& dossier) const;
  std::string_view field(const Dossier& dossier) const;  // empty without a catalogue
  std::string_view limit(const Dossier& dossier) const;  // empty before acceptance
  std::string_view limit(std::int32_t number) const;     // empty for no such number
  std::string_view case_name(std::int32_t group) const;  // Dossier::group; empty for none
  // The machine of a dossier or of an entry of a history, by its number there.
  const Machine& machine(std::uint16_t number) const;

 private:
  struct Tables;
  absl::StatusOr<std::vector<std::uint32_t>> Events(std::string_view dossier) const;
  std::string WhyNone(std::string_view dossier) const;
  explicit DossierRegister(std::shared_ptr<const Tables> tables) : tables_(std::move(tables)) {}
  std::shared_ptr<const Tables> tables_;
};

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_REGISTER_H_
