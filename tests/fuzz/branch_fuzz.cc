// A branch of any content whose chain is whole, as somebody may make one: it is refused, or the
// journal that takes it in can be read and verified.
//
// The bytes are pieces: a tag, a length of two bytes, the piece.
//   'r' a row: its turn in eight bytes, the record
//   'k' a key: its id in eight bytes, the length of the secret, the secret, the dossier
//   's' a setting: the length of its name, the name, the value
//   'i' a segment of the index: its first row in eight bytes, the segment
#include <cstdint>
#include <cstring>

#include "tests/fuzz/journal_checks.h"

namespace motcua {
namespace {

std::string_view Cut(std::string_view& bytes, std::size_t size) {
  const std::string_view piece = bytes.substr(0, size);
  bytes.remove_prefix(piece.size());
  return piece;
}

std::uint64_t CutNumber(std::string_view& bytes, std::size_t size) {
  std::uint64_t number = 0;
  const std::string_view piece = Cut(bytes, size);
  std::memcpy(&number, piece.data(), piece.size());
  return number;
}

// Writes the pieces into a new store; false if it takes them not.
bool WriteBranch(std::string_view bytes, const std::string& path) {
  std::vector<RowView> rows;
  std::vector<StoredKey> keys;
  Batch batch;
  std::map<std::int64_t, std::string> segments;
  Hash last{};
  while (!bytes.empty()) {
    const auto tag = static_cast<char>(CutNumber(bytes, 1));
    const std::size_t size = CutNumber(bytes, 2);
    std::string_view piece = Cut(bytes, size);
    if (tag == 'r') {
      const std::uint64_t turn = CutNumber(piece, 8);
      last = Link(last, turn, piece);
      rows.push_back({static_cast<std::int64_t>(rows.size()) + 1, turn, piece, last});
    } else if (tag == 'k') {
      StoredKey key;
      key.id = Cut(piece, 8);
      key.secret = Cut(piece, CutNumber(piece, 1));
      key.dossier = piece;
      keys.push_back(std::move(key));
    } else if (tag == 's') {
      const std::string_view name = Cut(piece, CutNumber(piece, 1));
      batch.settings[std::string(name)] = piece;
    } else if (tag == 'i') {
      segments[static_cast<std::int64_t>(CutNumber(piece, 8))] = piece;
    }
  }
  batch.rows = rows;
  batch.keys = keys;
  auto store = OpenSqliteStore(path, OpenMode::kCreate);
  Require(store.ok());
  if (!(*store)->Insert(batch).ok()) return false;
  for (const auto& [first, segment] : segments) {
    Require((*store)->WriteSegment(first, segment).ok());
  }
  return true;
}

}  // namespace
}  // namespace motcua

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const motcua::ScratchFolder folder;
  static motcua::MainJournal main(folder);
  const std::string path = folder.Fresh("branch.db");
  if (!motcua::WriteBranch({reinterpret_cast<const char*>(data), size}, path)) return 0;
  const auto branch =
      motcua::Journal::Open("sqlite:" + path, {.mode = motcua::OpenMode::kExisting});
  if (!branch.ok()) {
    motcua::RequireRefusal(branch.status());
    return 0;
  }
  motcua::ReadAll(**branch);
  main.Take(**branch);
  return 0;
}
