#include "motcua/journal/row_index.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace motcua {
namespace {

static_assert(std::endian::native == std::endian::little, "segments are little-endian");

constexpr char kMagic[8] = {'m', 'o', 't', 'c', 's', 'e', 'g', '1'};

// A segment: head, ids, dossiers, SHA-256 of all before.
struct SegmentHead {
  char magic[8];
  std::int64_t first;
  std::uint64_t last_turn;  // the greatest of all rows up to its last
  std::uint64_t ordered;    // of all rows up to its last
  Hash last;
};
static_assert(sizeof(SegmentHead) == 64);

constexpr std::size_t kRows = RowIndex::kSegmentRows;
constexpr std::size_t kBody = sizeof(SegmentHead) + 2 * 8 * kRows;
static_assert(RowIndex::kSegmentBytes == kBody + sizeof(Hash));

std::vector<std::int64_t> Rows(const FingerprintTable& table, std::uint64_t fingerprint) {
  std::vector<std::int64_t> rows;
  for (std::uint32_t row = table.Last(fingerprint); row != 0; row = table.Before(row)) {
    rows.push_back(row);
  }
  std::reverse(rows.begin(), rows.end());
  return rows;
}

}  // namespace

// FNV-1a, then the finishing steps of MurmurHash3, which spread what FNV leaves in the
// high bits. Speed and spread are all that is asked of it: rows are compared afterwards.
std::uint64_t Fingerprint(std::string_view text) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdu;
  hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53u;
  return hash ^ (hash >> 33);
}

std::size_t FingerprintTable::SlotOf(std::uint64_t fingerprint) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = fingerprint & mask;
  while (slots_[slot] != 0 && fingerprints_[slots_[slot] - 1] != fingerprint) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

void FingerprintTable::Resize(std::size_t slots) {
  slots_.assign(slots, 0);
  for (std::uint32_t row = 1; row <= fingerprints_.size(); ++row) {
    slots_[SlotOf(fingerprints_[row - 1])] = row;  // the last of a chain stays
  }
}

void FingerprintTable::Reserve(std::size_t rows) {
  fingerprints_.reserve(rows);
  before_.reserve(rows);
  const std::size_t slots = std::bit_ceil(2 * rows + 16);
  if (slots > slots_.size()) Resize(slots);
}

void FingerprintTable::Add(std::uint64_t fingerprint) {
  if (2 * (used_ + 1) >= slots_.size()) Resize(std::max<std::size_t>(1024, 2 * slots_.size()));
  const std::size_t slot = SlotOf(fingerprint);
  if (slots_[slot] == 0) ++used_;
  before_.push_back(slots_[slot]);
  fingerprints_.push_back(fingerprint);
  slots_[slot] = static_cast<std::uint32_t>(fingerprints_.size());
}

// Every step is a miss of the cache in the slots and another in the row that is in one;
// both are asked for ahead, the row when its slot has come.
void FingerprintTable::Add(std::span<const std::uint64_t> fingerprints) {
  constexpr std::size_t kRowAhead = 8, kSlotAhead = 16;
  for (std::size_t k = 0; k < fingerprints.size(); ++k) {
    if (k + kSlotAhead < fingerprints.size() && !slots_.empty()) {
      const std::size_t mask = slots_.size() - 1;
      const std::uint32_t row = slots_[fingerprints[k + kRowAhead] & mask];
      __builtin_prefetch(&slots_[fingerprints[k + kSlotAhead] & mask]);
      if (row != 0) __builtin_prefetch(&fingerprints_[row - 1]);
    }
    Add(fingerprints[k]);
  }
}

std::uint32_t FingerprintTable::Last(std::uint64_t fingerprint) const {
  return slots_.empty() ? 0 : slots_[SlotOf(fingerprint)];
}

void RowIndex::Add(std::uint64_t id, std::uint64_t dossier, std::uint64_t turn) {
  ids_.Add(id);
  dossiers_.Add(dossier);
  ordered_ = ordered_ && turn > last_turn_;
  last_turn_ = std::max(last_turn_, turn);
}

std::vector<std::int64_t> RowIndex::WithId(std::string_view id) const {
  return Rows(ids_, Fingerprint(id));
}

std::vector<std::int64_t> RowIndex::WithDossier(std::string_view dossier) const {
  return Rows(dossiers_, Fingerprint(dossier));
}

std::string RowIndex::Segment(std::int64_t first, const Hash& last) const {
  SegmentHead head{.magic = {},
                   .first = first,
                   .last_turn = last_turn_,
                   .ordered = ordered_ ? 1u : 0u,
                   .last = last};
  std::memcpy(head.magic, kMagic, sizeof kMagic);
  std::string bytes(kBody, '\0');
  std::memcpy(bytes.data(), &head, sizeof head);
  char* out = bytes.data() + sizeof head;
  for (const FingerprintTable* table : {&ids_, &dossiers_}) {
    for (std::size_t k = 0; k < kRows; ++k, out += 8) {
      const std::uint64_t fingerprint = (*table)[static_cast<std::size_t>(first) - 1 + k];
      std::memcpy(out, &fingerprint, 8);
    }
  }
  const Hash sum = HashOf(bytes);
  return bytes.append(Bytes(sum));
}

bool RowIndex::AddSegment(std::string_view bytes, Hash& last) {
  SegmentHead head;
  if (bytes.size() != kSegmentBytes) return false;
  std::memcpy(&head, bytes.data(), sizeof head);
  const Hash sum = HashOf(bytes.substr(0, kBody));
  if (std::memcmp(head.magic, kMagic, sizeof kMagic) != 0 || head.first != size() + 1 ||
      bytes.substr(kBody) != Bytes(sum)) {
    return false;
  }
  std::vector<std::uint64_t> fingerprints(kRows);
  const char* body = bytes.data() + sizeof head;
  for (FingerprintTable* table : {&ids_, &dossiers_}) {
    std::memcpy(fingerprints.data(), body, 8 * kRows);
    table->Add(fingerprints);
    body += 8 * kRows;
  }
  last_turn_ = head.last_turn;
  ordered_ = head.ordered != 0;
  last = head.last;
  return true;
}

}  // namespace motcua
