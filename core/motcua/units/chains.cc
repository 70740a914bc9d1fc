#include "motcua/units/chains.h"

#include <algorithm>
#include <array>

#include "motcua/text/distance.h"
#include "motcua/units/part_worth.h"
#include "motcua/units/streets.h"

namespace motcua {
namespace {

constexpr float kNoDistrict = 0.94f, kNoProvince = 0.97f, kNothingAbove = 0.96f;
// Something above the unit is named as it was in the other epoch: a province (less of
// a doubt where something of its own epoch is named too), or a district, which says
// that the older unit is meant if there is one of the name.
constexpr float kOtherEpoch = 0.93f, kOtherEpochToo = 0.97f, kOtherDistrict = 0.905f;
constexpr float kMayBeDistrict = 0.95f, kStreet = 0.6f, kTorn = 0.89f, kBareName = 0.92f;

constexpr std::uint8_t BitOf(std::uint8_t level) { return static_cast<std::uint8_t>(1u << level); }

// A province or district that the text names.
struct Named {
  std::uint16_t area = 0;
  std::uint32_t mention = 0;
  PartWorth worth;
  int rank = 0;
  DayNumber since = 0;  // of the spelling
  std::uint16_t level = 0;
  bool again = false;  // another mention names the same area before
};

class ChainFinder {
 public:
  ChainFinder(const RegistryTables& tables, const Words& words, const Mentions& mentions,
              DayNumber at, Chains& chains)
      : tables_(tables),
        index_(tables.names),
        words_(words),
        mentions_(mentions),
        at_(at),
        chains_(chains) {
    CollectNamed();
  }

  void FindAll() {
    for (std::uint32_t m = 0; m < mentions_.size(); ++m)
      if ((mentions_[m].levels & BitOf(3)) != 0) FindWithin(m);
    for (std::uint32_t m = 0; m < mentions_.size(); ++m) {
      if ((mentions_[m].levels & BitOf(3)) != 0 && Count(mentions_[m].words) >= most_) FindBare(m);
      if ((mentions_[m].levels & (BitOf(1) | BitOf(2))) != 0) FindUpper(m);
    }
    PreferOwnEpoch();
  }

 private:
  // What chains may lean on: of each area and mention the best spelling.
  void CollectNamed() {
    for (std::uint32_t m = 0; m < mentions_.size(); ++m) {
      const Mention& mention = mentions_[m];
      if ((mention.levels & (BitOf(1) | BitOf(2))) == 0 || IsPartOfName(mention, true)) continue;
      const auto namings = index_.Namings(mention.key).first(index_.keys[mention.key].upper_count);
      const std::size_t first = named_.size();
      for (const NameRow& naming : namings) {
        if ((mention.levels & BitOf(naming.level)) == 0) continue;
        Named named;
        named.area = naming.area;
        named.mention = m;
        named.worth = WorthOf(tables_, words_, mention, naming);
        named.rank = Rank(named, naming);
        named.since = naming.valid_from;
        named.level = naming.level;
        named.again =
            std::any_of(named_.begin(), named_.begin() + static_cast<std::ptrdiff_t>(first),
                        [&](const Named& before) { return before.area == named.area; });
        const auto same =
            std::find_if(named_.begin() + static_cast<std::ptrdiff_t>(first), named_.end(),
                         [&](const Named& other) { return other.area == named.area; });
        if (same == named_.end()) {
          named_.push_back(named);
        } else if (named.rank > same->rank) {
          *same = named;
        }
      }
    }
  }

  // Whether it is a part of a longer name of a province or district: "Lắk" in "Đắk Lắk".
  // Where `later`, not its first part, which may be all that is meant: "Tân Phú Đồng Nai"
  // is not Tân Phú Đông.
  bool IsPartOfName(const Mention& mention, bool later) const {
    return std::any_of(mentions_.begin(), mentions_.end(), [&](const Mention& other) {
      return (other.levels & (BitOf(1) | BitOf(2))) != 0 && other.edits == 0 &&
             other.first + (later ? 1u : 0u) <= mention.first && mention.last <= other.last &&
             other.last - other.first > mention.last - mention.first;
    });
  }

  // More words, the right level word, no other level possible, the official spelling,
  // the day: in this order.
  int Rank(const Named& named, const NameRow& naming) const {
    const Mention& mention = mentions_[named.mention];
    const auto type = static_cast<UnitType>(naming.type);
    const std::uint8_t possible = LevelsOf(mention.types);
    const bool one_level = possible != 0 && (possible & (possible - 1)) == 0;
    return 16 * (Count(mention.words) - 3 * mention.edits) - (IsStreet(mention) ? 48 : 0) +
           ((mention.types & SetOf(type)) != 0 ? 8 : 0) + (one_level ? 4 : 0) +
           (naming.variant == kNoRow && !mention.shortened ? 2 : 0) + (Covers(naming) ? 1 : 0);
  }

  const Named* Above(std::uint16_t area, WordSet words) const {
    const Named* best = nullptr;
    for (const Named& named : named_) {
      if (named.area != area || (mentions_[named.mention].words & words) != 0) continue;
      // Huyện Đăk Glong was Huyện Đắk Nông, which is a province since.
      if (best == nullptr || named.rank > best->rank ||
          (named.rank == best->rank && named.since > best->since))
        best = &named;
    }
    return best;
  }

  // The communes of a mention that lie in what the text names; in its districts first,
  // and where those leave nothing of a province open, not in all of the province.
  void FindWithin(std::uint32_t m) {
    WordSet fullest = 0;  // of the chains of districts
    const auto widen = [&](WordSet words) {
      if (Count(words) > Count(fullest)) fullest = words;
    };
    for (const Named& named : named_)
      if (named.level == 2 && !named.again) widen(FindWithin(m, named.area));
    for (const Named& named : named_) {
      if (named.level != 1 || named.again) continue;
      const WordSet words = mentions_[named.mention].words | mentions_[m].words;
      const bool more = (words & ~fullest) == 0 && words != fullest;
      if (!more) FindWithin(m, named.area);
    }
  }

  // Gives the words of the longest chain that came of it.
  WordSet FindWithin(std::uint32_t m, std::uint16_t area) {
    const std::uint32_t key = mentions_[m].key;
    WordSet fullest = 0;
    const auto namings = index_.Namings(key);
    for (const WithinRow& within : index_.Within(key, area)) {
      const NameRow& naming = namings[within.naming];
      if (IsFound(naming, m)) continue;
      UnitChain chain = Begin(m, naming);
      LeanCommune(chain);
      if (chain.bare) continue;  // what is named is the name itself
      Keep(chain);
      if (chain.street) continue;
      most_ = std::max(most_, Count(chain.words));
      if (Count(chain.words) > Count(fullest)) fullest = chain.words;
    }
    return fullest;
  }

  // Whether the spell's own name has matched already, or this naming has.
  bool IsFound(const NameRow& naming, std::uint32_t m) const {
    return std::any_of(chains_.begin(), chains_.end(), [&](const UnitChain& chain) {
      return chain.spell == naming.spell && chain.mention == m &&
             (naming.variant == kNoRow || chain.stage == Stage::kExact);
    });
  }

  void FindBare(std::uint32_t m) {
    const auto namings = index_.Namings(mentions_[m].key);
    for (const NameRow& naming : namings.subspan(index_.keys[mentions_[m].key].upper_count)) {
      UnitChain chain = Begin(m, naming);
      LeanCommune(chain);
      Keep(chain);
    }
  }

  void FindUpper(std::uint32_t m) {
    // Two initials alone are a province only where nothing else stands.
    const Mention& mention = mentions_[m];
    if (IsPartOfName(mention, false)) return;
    if (mention.shortened && words_.Letters(mention.first, mention.last).size() <= 2 &&
        mention.types == 0 && !words_.Opens(mention.first))
      return;
    // What only lies above a unit that is named is not the answer.
    const WordSet words = mention.words;
    for (const UnitChain& chain : chains_)
      if ((words & ~chain.words) == 0 && words != chain.words && !chain.street &&
          Count(chain.words) == most_)
        return;
    const auto namings =
        index_.Namings(mentions_[m].key).first(index_.keys[mentions_[m].key].upper_count);
    for (const NameRow& naming : namings) {
      if ((mentions_[m].levels & BitOf(naming.level)) == 0) continue;
      UnitChain chain = Begin(m, naming);
      if (naming.level == 2) {
        LeanDistrict(chain);
      } else {
        Place(chain);
      }
      if (naming.level == 1 && mention.types == 0) {
        chain.score /= kNoLevelWord;  // "Lâm Đồng" is a full name to everybody
        if (chain.stage == Stage::kType)
          chain.stage = mention.shortened ? Stage::kAbbreviation : Stage::kExact;
      }
      Keep(chain);
    }
  }

  // "Xã Mỹ Lệ, Long An" is the one that lay in Long An, not the one of today, which the
  // text would put into a province that is no more; "Mỹ Tho, Tiền Giang" may be the town.
  void PreferOwnEpoch() {
    for (UnitChain& chain : chains_) {
      if (!chain.other || !IsNew(*chain.naming)) continue;
      const Mention& mention = mentions_[chain.mention];
      if (mention.types == 0 && (mention.levels & BitOf(2)) != 0) chain.score *= kMayBeDistrict;
      for (const UnitChain& older : chains_)
        if (!older.other && !older.bare && !IsNew(*older.naming) && older.words == chain.words &&
            older.typed >= chain.typed &&
            older.stage <= std::max(chain.stage, Stage::kListedVariant))
          chain.score = std::min(chain.score, older.score * kOtherEpoch);
    }
  }

  bool Covers(const NameRow& naming) const {
    return naming.valid_from <= at_ && at_ < naming.valid_to;
  }

  UnitChain Begin(std::uint32_t m, const NameRow& naming) {
    const Mention& mention = mentions_[m];
    const PartWorth worth = WorthOf(tables_, words_, mention, naming);
    UnitChain chain;
    chain.spell = naming.spell;
    chain.naming = &naming;
    chain.mention = m;
    chain.words = mention.words;
    chain.score = worth.score;
    chain.stage = worth.stage;
    chain.covers = Covers(naming);
    if (!chain.covers) chain.score *= kOtherDay;
    missing_marks_ = worth.missing_marks;
    chain.street = IsStreet(mention);
    chain.edited = mention.edits > 0;
    chain.typed =
        mention.edits == 0 && (mention.types & SetOf(static_cast<UnitType>(naming.type))) != 0;
    return chain;
  }

  void Lean(const Named& named, float factor, UnitChain& chain) {
    const Mention& mention = mentions_[named.mention];
    chain.words |= mention.words;
    chain.edited |= mention.edits > 0;
    chain.score *= factor * named.worth.score;
    // A level word that is missing above the unit is no fault.
    if (mention.types == 0) chain.score /= kNoLevelWord;
    // Marks that are missing everywhere are missing once.
    if (named.worth.missing_marks && missing_marks_) chain.score /= kMissingMarks;
    missing_marks_ |= named.worth.missing_marks;
    const bool only_bare = mention.types == 0 && named.worth.stage == Stage::kType;
    if (!only_bare) {
      chain.stage = std::max(chain.stage, named.worth.stage);
    } else if (mention.shortened) {
      chain.stage = std::max(chain.stage, Stage::kAbbreviation);
    }
  }

  // Whether something else stands right before the first word, so that it may be the
  // end of a longer name, or of a street with a number.
  bool IsStreet(const Mention& mention) const {
    const std::size_t first = mention.first;
    return mention.types == 0 && !words_.Begins(first) && StandsInStreet(words_, first) &&
           !FollowsArea(first);
  }

  // "Son Duong Hop Thanh": the word for a street is the end of a district's name.
  bool FollowsArea(std::size_t first) const {
    return std::any_of(mentions_.begin(), mentions_.end(), [&](const Mention& other) {
      return other.last == first && other.last - other.first > 1 && other.edits == 0 &&
             (other.levels & (BitOf(1) | BitOf(2))) != 0;
    });
  }

  // Leans on one district and one province of each epoch, as far as they are named.
  void LeanCommune(UnitChain& chain) {
    const bool is_new = IsNew(*chain.naming);
    bool district = false, province = false, other_district = false, other_province = false;
    std::uint32_t province_key = kNoKey;  // the same name twice is not two provinces
    for (const std::uint16_t area : index_.Above(*chain.naming)) {
      const AreaRow& above = index_.areas[area];
      const bool own = (above.new_epoch != 0) == is_new;
      bool& done =
          above.level == 2 ? (own ? district : other_district) : (own ? province : other_province);
      if (done) continue;
      const Named* named = Above(area, chain.words);
      if (named == nullptr) continue;
      const std::uint32_t key = mentions_[named->mention].key;
      if (above.level == 1 && key == province_key) continue;
      if (above.level == 1) province_key = key;
      done = true;
      const float factor = own                    ? 1
                           : above.level == 2     ? kOtherDistrict
                           : district || province ? kOtherEpochToo
                                                  : kOtherEpoch;
      Lean(*named, factor, chain);
    }
    chain.other = other_district || other_province;
    if (is_new) {
      chain.bare = !province && !other_province && !other_district;
      if (chain.bare) chain.score *= kNothingAbove;
      if (!chain.bare && !province && !other_province) chain.score *= kNoProvince;
    } else {
      const bool has_province = province || other_province;
      chain.bare = !district && !has_province;
      chain.score *= chain.bare      ? kNothingAbove * (chain.covers ? 1 : kNoDistrict)
                     : !district     ? (chain.covers ? kNoProvince : kNoDistrict)
                     : !has_province ? kNoProvince
                                     : 1;
      chain.adrift = !chain.covers && (!district || !IsNewEpoch(at_));
    }
    Place(chain);
  }

  void LeanDistrict(UnitChain& chain) {
    bool province = false;
    for (const std::uint16_t area : index_.Above(*chain.naming)) {
      const Named* named = province ? nullptr : Above(area, chain.words);
      if (named == nullptr) continue;
      province = true;
      chain.other = index_.areas[area].new_epoch != 0;
      Lean(*named, chain.other ? kOtherEpoch : 1, chain);
    }
    chain.bare = !province;
    if (!province) chain.score *= kNothingAbove;
    Place(chain);
  }

  // A name without a level word, behind something else of the same stretch, or half a
  // level word before it: "Tkhị xã Kỳ Anh".
  void Place(UnitChain& chain) const {
    const Mention& mention = mentions_[chain.mention];
    // "Nguyễn Văn Linh" is a commune, and a street in every town.
    if (chain.bare && mention.types == 0) chain.score *= kBareName;
    const std::size_t first = mention.types == 0 ? mention.first : mention.level_word;
    if (chain.street) {
      chain.score *= kStreet;
      return;
    }
    if (words_.Begins(first) || (chain.words >> (first - 1) & 1) != 0) return;
    const std::string_view word = words_.Letters(first);
    const bool half = word == "xa" || word == "x" || word == "tran";
    if (mention.types != 0 && !(half && EditDistance(words_.Letters(first - 1), "thi", 1) <= 1))
      return;
    chain.torn = true;
    chain.score *= kTorn;
  }

  static bool IsNewEpoch(DayNumber day) {
    static const DayNumber kNewEpoch = ToNumber(CivilDay(2025, 7, 1));
    return day >= kNewEpoch;
  }
  static bool IsNew(const NameRow& row) { return IsNewEpoch(row.valid_from); }

  void Keep(const UnitChain& chain) {
    for (UnitChain& other : chains_) {
      if (other.spell != chain.spell) continue;
      const int more = Count(chain.words) - Count(other.words);
      if (more > 0 || (more == 0 && chain.score > other.score)) other = chain;
      return;
    }
    chains_.push_back(chain);
  }

  const RegistryTables& tables_;
  const NameIndex& index_;
  const Words& words_;
  const Mentions& mentions_;
  const DayNumber at_;
  absl::InlinedVector<Named, 12> named_;
  Chains& chains_;
  int most_ = 0;                // words of the longest chain with something above it
  bool missing_marks_ = false;  // of the chain being built
};

}  // namespace

void FindChains(const RegistryTables& tables, const Words& words, const Mentions& mentions,
                DayNumber at, Chains& chains) {
  chains.clear();
  ChainFinder(tables, words, mentions, at, chains).FindAll();
}

absl::InlinedVector<std::uint16_t, 8> NamedAreas(const RegistryTables& tables,
                                                 const Mentions& mentions) {
  absl::InlinedVector<std::uint16_t, 8> areas;
  const NameIndex& index = tables.names;
  for (const Mention& mention : mentions) {
    for (const NameRow& naming :
         index.Namings(mention.key).first(index.keys[mention.key].upper_count)) {
      if ((mention.levels & BitOf(naming.level)) == 0) continue;
      const std::uint16_t area = naming.area;
      if (std::find(areas.begin(), areas.end(), area) == areas.end()) areas.push_back(area);
    }
  }
  return areas;
}

}  // namespace motcua
