// Status helpers: reasons, macros, and the bridge between std and absl text.
//
// Inside motcua a failure is an absl::Status whose message names the field, the
// value and what was expected. Where a caller can act on the kind of failure, a
// Reason travels with it; the C ABI and Python turn it into an error code and a
// typed exception.
//
//   return Error(Reason::kUnknownUnit, "code", code, "a unit code valid on 2025-07-01");
#ifndef MOTCUA_BASE_STATUS_H_
#define MOTCUA_BASE_STATUS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace motcua {

// Stable numbers: they cross the C ABI. Append only; kReasonCount is the sentinel.
enum class Reason : std::int32_t {
  kNone = 0,
  kInvalidArgument = 1,    // a value that no call could accept
  kOutsideCoverage = 2,    // a date for which the tables of law hold nothing
  kUnknownUnit = 3,        // no administrative unit of that code on that date
  kUnknownProcedure = 4,   // no procedure of that code on that date
  kUnknownDossier = 5,     // no dossier of that number
  kIllegalTransition = 6,  // the dossier machine has no such transition
  kMalformedData = 7,      // a file, message or dataset that cannot be read
  kInternal = 8,           // a defect of motcua itself
};
inline constexpr std::int32_t kReasonCount = 9;

// The absl code that a reason travels under.
absl::StatusCode CodeOf(Reason reason);

// A failure with a reason and a finished message.
absl::Status Error(Reason reason, std::string_view message);

// A failure in the house form: `field 'value': expected ...`. Values longer than
// 80 bytes are cut; bytes that are not UTF-8 are shown as \xNN.
absl::Status Error(Reason reason, std::string_view field, std::string_view value,
                   std::string_view expected);

// The reason a status carries; kNone for an OK status, and for one that motcua
// did not make the closest reason to its code.
Reason ReasonOf(const absl::Status& status);

// Debian's Abseil is built without std::string_view; these two cross over.
inline absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view ToStd(absl::string_view text) { return {text.data(), text.size()}; }

// `text` made safe to print inside a message, at most `limit` bytes of it.
std::string Printable(std::string_view text, std::size_t limit = 80);

}  // namespace motcua

#define MOTCUA_STATUS_CONCAT_INNER(a, b) a##b
#define MOTCUA_STATUS_CONCAT(a, b) MOTCUA_STATUS_CONCAT_INNER(a, b)

// Returns from the enclosing function if `expression` is a failure.
#define MOTCUA_RETURN_IF_ERROR(expression)                                    \
  do {                                                                        \
    if (absl::Status returned_status = (expression); !returned_status.ok()) { \
      return returned_status;                                                 \
    }                                                                         \
  } while (false)

// MOTCUA_ASSIGN_OR_RETURN(const Unit unit, registry.Find(code, day));
#define MOTCUA_ASSIGN_OR_RETURN(declaration, expression)                                     \
  MOTCUA_ASSIGN_OR_RETURN_INNER(MOTCUA_STATUS_CONCAT(motcua_result_, __LINE__), declaration, \
                                expression)
#define MOTCUA_ASSIGN_OR_RETURN_INNER(result, declaration, expression) \
  auto result = (expression);                                          \
  if (!result.ok()) return std::move(result).status();                 \
  declaration = *std::move(result)

#endif  // MOTCUA_BASE_STATUS_H_
