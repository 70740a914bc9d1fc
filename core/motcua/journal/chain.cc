#include "motcua/journal/chain.h"

#include <openssl/evp.h>

#include <cstring>
#include <new>

namespace motcua {

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

// The algorithm is fetched once: OpenSSL 3 looks it up by name at every start otherwise.
struct Chain::Context {
  EVP_MD* sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  EVP_MD_CTX* digest = EVP_MD_CTX_new();
};

Chain::Chain() : context_(std::make_unique<Context>()) {
  if (context_->sha256 == nullptr || context_->digest == nullptr ||
      EVP_DigestInit_ex2(context_->digest, context_->sha256, nullptr) != 1) {
    throw std::bad_alloc();
  }
}

Chain::~Chain() {
  EVP_MD_CTX_free(context_->digest);
  EVP_MD_free(context_->sha256);
}

Hash Chain::Link(const Hash& previous, std::uint64_t turn, std::string_view record) {
  std::array<std::uint8_t, 40> head;
  std::memcpy(head.data(), previous.data(), previous.size());
  for (std::size_t k = 0; k < 8; ++k) head[32 + k] = static_cast<std::uint8_t>(turn >> (8 * k));
  Hash hash;
  EVP_DigestInit_ex2(context_->digest, nullptr, nullptr);
  EVP_DigestUpdate(context_->digest, head.data(), head.size());
  EVP_DigestUpdate(context_->digest, record.data(), record.size());
  EVP_DigestFinal_ex(context_->digest, hash.data(), nullptr);
  return hash;
}

Hash Chain::Of(std::string_view bytes) {
  Hash hash;
  EVP_DigestInit_ex2(context_->digest, nullptr, nullptr);
  EVP_DigestUpdate(context_->digest, bytes.data(), bytes.size());
  EVP_DigestFinal_ex(context_->digest, hash.data(), nullptr);
  return hash;
}

}  // namespace motcua
