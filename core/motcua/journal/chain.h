// The hash chain: what makes a record that was changed afterwards visible.
//
// The hash of a row covers the hash of the row before it, its turn and its bytes,
// so whoever keeps one hash (on paper, at another office) has fixed all before it.
#ifndef MOTCUA_JOURNAL_CHAIN_H_
#define MOTCUA_JOURNAL_CHAIN_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace motcua {

// A SHA-256.
using Hash = std::array<std::uint8_t, 32>;

// Lower-case hexadecimal of bytes.
std::string Hex(std::string_view bytes);
inline std::string_view Bytes(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}
// Errors: false unless `bytes` has the length of a hash.
bool ReadHash(std::string_view bytes, Hash& out);

// SHA-256 of previous (32 bytes), turn (8 bytes, little-endian), record.
Hash Link(const Hash& previous, std::uint64_t turn, std::string_view record);
Hash HashOf(std::string_view bytes);

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_CHAIN_H_
