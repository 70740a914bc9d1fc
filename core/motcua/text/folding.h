// Folding: how far two spellings must be simplified before they are the same.
//
// Each stage forgets one more kind of difference and keeps forgetting those
// before it. The stage at which two names meet is the reason of their match:
//   StageBetween("BLao", "B'Lao")   == Stage::kApostrophe
//   StageBetween("Hoà An", "Hòa An") == Stage::kTonePlacement
#ifndef MOTCUA_TEXT_FOLDING_H_
#define MOTCUA_TEXT_FOLDING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace motcua {

// In the order of decreasing certainty. Numbers cross the C ABI and never change.
enum class Stage : std::int32_t {
  kExact = 0,          // the same letters, composed or not
  kCase = 1,           // PHƯỜNG, phường
  kApostrophe = 2,     // B'Lao, B’Lao, BLao
  kTonePlacement = 3,  // hòa, hoà
  kSpacing = 4,        // Ia Kha, IaKha; Bà Rịa - Vũng Tàu, Bà Rịa-Vũng Tàu; 01, 1
  kIY = 5,             // Mỹ, Mĩ; Quý, Quí
  kAbbreviation = 6,   // P. 1, TP.HCM, Phường Một: only where names are resolved
  kType = 7,           // the level word is missing or another one
  kListedVariant = 8,  // a spelling that a source really has
  kNoDiacritics = 9,   // Dak, Đắk, Đăk
  kEditDistance1 = 10,
  kEditDistance2 = 11,
};
inline constexpr std::int32_t kStageCount = 12;

// "exact", "case", ..., "edit_distance_2".
std::string_view StageName(Stage stage);

// `text` (valid UTF-8) with every difference up to `stage` folded away. The form
// is for comparing, not for reading: from kTonePlacement on tones follow their
// vowel group, from kSpacing on nothing separates words. kAbbreviation to
// kListedVariant fold no letters; the two edit distances fold as kNoDiacritics.
// O(size).
std::string Fold(std::string_view text, Stage stage);

// The fully folded key: lower-case letters and digits only.
//   SearchKey("Phường 01, B'Lao") == "phuong1blao"
inline std::string SearchKey(std::string_view text) { return Fold(text, Stage::kNoDiacritics); }

// The first stage at which the two are the same; nothing beyond two edits of
// their search keys. Both must be valid UTF-8. Symmetrical.
std::optional<Stage> StageBetween(std::string_view a, std::string_view b);

// Whether both have the same letters without marks and tones (an i for a y where both
// are written so), and every mark and tone of `written` is one of `name`, which may
// have more. A syllable that ends in c, k, p or t
// sounds acute without a tone, so that Đắk is only another way of writing Đăk.
bool OnlyLacksMarks(std::string_view written, std::string_view name);

}  // namespace motcua

#endif  // MOTCUA_TEXT_FOLDING_H_
