// Any text read as a machine: it is refused, or it can be checked, drawn, and written and read
// again without a difference.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "motcua/dossiers/machine_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto machine = motcua::Machine::Draft(text);
  if (!machine.ok()) return 0;
  machine->Check();
  machine->ToMermaid();
  machine->ToSvg();
  const std::string written = motcua::WriteMachineText(*machine);
  const auto again = motcua::ReadMachineText(written, machine->options());
  if (!again.ok() || motcua::WriteMachineText(*again) != written) std::abort();
  return 0;
}
