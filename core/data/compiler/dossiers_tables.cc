// Compiles core/data/dossiers: the national dossier machine.
#include "facts_folder.h"
#include "image_builder.h"

#include "motcua/base/status.h"
#include "motcua/dossiers/transition.h"

namespace motcua {

absl::Status CompileDossiers(const FactsFolder& folder, ImageBuilder& image) {
  constexpr std::string_view kFile = "dossiers/national_machine.tsv";
  MOTCUA_ASSIGN_OR_RETURN(const std::string text, folder.Read(kFile));
  MOTCUA_ASSIGN_OR_RETURN(const std::vector<Transition> transitions,
                          ParseTransitions(std::string(kFile), text));
  std::vector<TransitionRow> rows;
  for (const Transition& transition : transitions) {
    rows.push_back({.from = static_cast<std::uint8_t>(transition.from),
                    .event = static_cast<std::uint8_t>(transition.event),
                    .to = transition.to,
                    .role = static_cast<std::uint8_t>(transition.role),
                    .clock = static_cast<std::uint8_t>(transition.clock),
                    .visit = transition.visit ? std::uint8_t{1} : std::uint8_t{0},
                    .option = {static_cast<std::uint8_t>(transition.option[0]),
                               static_cast<std::uint8_t>(transition.option[1])},
                    .choice = {transition.choice[0], transition.choice[1]},
                    .guards = transition.guards,
                    .roles = transition.roles,
                    .reserved = {},
                    .source = image.AddText(transition.source)});
  }
  image.AddTable("dossiers.machine", rows);
  return absl::OkStatus();
}

}  // namespace motcua
