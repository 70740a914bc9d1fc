#include "motcua/base/status.h"

#include <utf8proc.h>

#include <array>
#include <charconv>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"

namespace motcua {
namespace {

constexpr char kReasonPayload[] = "motcua.reason";

}  // namespace

absl::StatusCode CodeOf(Reason reason) {
  switch (reason) {
    case Reason::kNone:
      return absl::StatusCode::kOk;
    case Reason::kInvalidArgument:
      return absl::StatusCode::kInvalidArgument;
    case Reason::kOutsideCoverage:
      return absl::StatusCode::kOutOfRange;
    case Reason::kUnknownUnit:
    case Reason::kUnknownProcedure:
    case Reason::kUnknownDossier:
      return absl::StatusCode::kNotFound;
    case Reason::kIllegalTransition:
      return absl::StatusCode::kFailedPrecondition;
    case Reason::kMalformedData:
      return absl::StatusCode::kDataLoss;
    case Reason::kInternal:
      return absl::StatusCode::kInternal;
  }
  return absl::StatusCode::kUnknown;
}

absl::Status Error(Reason reason, std::string_view message) {
  absl::Status status(CodeOf(reason), ToAbsl(message));
  status.SetPayload(kReasonPayload, absl::Cord(absl::StrCat(static_cast<std::int32_t>(reason))));
  return status;
}

absl::Status Error(Reason reason, std::string_view field, std::string_view value,
                   std::string_view expected) {
  return Error(reason, absl::StrCat(ToAbsl(field), " '", Printable(value), "': expected ",
                                    ToAbsl(expected)));
}

Reason ReasonOf(const absl::Status& status) {
  if (status.ok()) return Reason::kNone;
  if (const auto payload = status.GetPayload(kReasonPayload)) {
    const std::string digits(*payload);
    std::int32_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return static_cast<Reason>(number);
  }
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kAlreadyExists:
      return Reason::kInvalidArgument;
    case absl::StatusCode::kUnavailable:
      return Reason::kNone;
    case absl::StatusCode::kOutOfRange:
      return Reason::kOutsideCoverage;
    case absl::StatusCode::kFailedPrecondition:
      return Reason::kIllegalTransition;
    case absl::StatusCode::kDataLoss:
      return Reason::kMalformedData;
    default:
      return Reason::kInternal;
  }
}

std::string Printable(std::string_view text, std::size_t limit) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  std::size_t at = 0;
  while (at < text.size()) {
    utf8proc_int32_t codepoint = 0;
    const utf8proc_ssize_t length =
        utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &codepoint);
    const bool shown = length > 0 && codepoint >= 0x20 && codepoint != 0x7f;
    const std::size_t step = length > 0 ? static_cast<std::size_t>(length) : 1;
    if (out.size() + (shown ? step : 4 * step) > limit) return out + "…";
    if (shown) {
      out.append(text.substr(at, step));
    } else {
      for (std::size_t i = 0; i < step; ++i) {
        out += {'\\', 'x', kDigits[bytes[at + i] >> 4], kDigits[bytes[at + i] & 15]};
      }
    }
    at += step;
  }
  return out;
}

}  // namespace motcua
