#include "motcua/journal/chain.h"

// SHA-256 itself, not through OpenSSL's EVP: a row is short, and EVP's bookkeeping takes 100 of
// the 280 ns that its hash would. OpenSSL 3 asks to be told that this is meant.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include <cstring>

namespace motcua {
namespace {

Hash Sha256(std::string_view first, std::string_view second) {
  Hash hash;
  SHA256_CTX digest;
  SHA256_Init(&digest);
  SHA256_Update(&digest, first.data(), first.size());
  SHA256_Update(&digest, second.data(), second.size());
  SHA256_Final(hash.data(), &digest);
  return hash;
}

}  // namespace

std::string Hex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += {kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return out;
}

bool ReadHash(std::string_view bytes, Hash& out) {
  if (bytes.size() != out.size()) return false;
  std::memcpy(out.data(), bytes.data(), out.size());
  return true;
}

Hash Link(const Hash& previous, std::uint64_t turn, std::string_view record) {
  std::array<std::uint8_t, 40> head;
  std::memcpy(head.data(), previous.data(), previous.size());
  for (std::size_t k = 0; k < 8; ++k) head[32 + k] = static_cast<std::uint8_t>(turn >> (8 * k));
  return Sha256({reinterpret_cast<const char*>(head.data()), head.size()}, record);
}

Hash HashOf(std::string_view bytes) { return Sha256(bytes, {}); }

}  // namespace motcua
