// How the applicant comes (kênh thực hiện): the portal's codes 1, 2, 3.
#ifndef MOTCUA_PROCEDURES_CHANNEL_H_
#define MOTCUA_PROCEDURES_CHANNEL_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace motcua {

enum class Channel : std::uint8_t {
  kUnknown = 0,
  kDirect = 1,  // trực tiếp, at the counter
  kOnline = 2,  // trực tuyến
  kPostal = 3,  // bưu chính công ích
};
inline constexpr int kChannelCount = 4;

constexpr std::string_view NameOf(Channel channel) {
  constexpr std::string_view kNames[kChannelCount] = {"unknown", "direct", "online", "postal"};
  return kNames[static_cast<int>(channel)];
}

// "direct", "online" or "postal"; nothing else.
constexpr std::optional<Channel> ChannelNamed(std::string_view name) {
  for (int code = 1; code < kChannelCount; ++code) {
    if (NameOf(static_cast<Channel>(code)) == name) return static_cast<Channel>(code);
  }
  return std::nullopt;
}

// The channel of a portal code 1, 2 or 3.
constexpr std::optional<Channel> ChannelOf(std::int64_t code) {
  if (code < 1 || code >= kChannelCount) return std::nullopt;
  return static_cast<Channel>(code);
}

}  // namespace motcua

#endif  // MOTCUA_PROCEDURES_CHANNEL_H_
