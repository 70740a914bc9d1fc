// Any bytes opened as the file of a journal: they are refused, or everything that can be asked
// of a journal is answered. As a branch they leave the journal whole that takes them in.
#include <cstdint>
#include <fstream>

#include "tests/fuzz/journal_checks.h"

namespace motcua {
namespace {

void Open(const std::string& path, OpenMode mode, const ScratchFolder& folder, MainJournal& main) {
  const auto opened = Journal::Open("sqlite:" + path, {.mode = mode});
  if (!opened.ok()) return RequireRefusal(opened.status());
  Journal& journal = **opened;
  const auto verified = journal.Verify();
  if (!verified.ok()) RequireRefusal(verified.status());
  ReadAll(journal);
  const std::string copy = "sqlite:" + folder.Fresh("copy.db");
  const auto copied = journal.CopyTo(copy);
  if (copied.ok()) {
    const auto restored = Journal::Open(copy, {.mode = OpenMode::kExisting});
    Require(restored.ok() && (*restored)->Verify()->ok());
  } else {
    RequireRefusal(copied.status());
  }
  main.Take(journal);
}

}  // namespace
}  // namespace motcua

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const motcua::ScratchFolder folder;
  static motcua::MainJournal main(folder);
  for (const auto mode : {motcua::OpenMode::kReadOnly, motcua::OpenMode::kExisting}) {
    const std::string path = folder.Fresh("input.db");
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    motcua::Open(path, mode, folder, main);
  }
  return 0;
}
