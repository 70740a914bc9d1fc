// Bytes from elsewhere: records, boxes and segments that are cut, turned or made up are
// refused, and never read past their end.
#include <algorithm>
#include <random>

#include "tests/journal/journal_cases.h"

namespace motcua {
namespace {

std::string Turned(std::string bytes, std::mt19937& random) {
  const int changes = 1 + static_cast<int>(random() % 4);
  for (int k = 0; k < changes && !bytes.empty(); ++k) {
    const std::size_t at = random() % bytes.size();
    switch (random() % 4) {
      case 0:
        bytes[at] = static_cast<char>(random());
        break;
      case 1:
        bytes.resize(at);
        break;
      case 2:
        bytes.insert(at, 1 + random() % 5, static_cast<char>(random()));
        break;
      default:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << (random() % 8)));
    }
  }
  return bytes;
}

TEST(Decoding, RecordsOfAnyBytes) {
  RecordCodec codec;
  std::string event, whole;
  codec.EncodeEvent({.id = "e1", .dossier = "D", .at = kMorning, .agency = "24820", .note = "n"},
                    {.key = "12345678", .box = "box", .fields = {"note"}}, event);
  Record record;
  record.event_bytes = event;
  record.epoch = 7;
  record.parents = {{1, 2}, {3, 4}};
  codec.EncodeRecord(record, whole);
  Record read;
  ASSERT_TRUE(codec.Decode(whole, read).ok());
  EXPECT_EQ(read.event.id, "e1");
  EXPECT_EQ(read.parents[1].turn, 4u);
  EXPECT_EQ(read.sealed.fields, std::vector<std::string>{"note"});
  std::mt19937 random(1);
  for (int k = 0; k < 20'000; ++k) {
    if (!codec.Decode(Turned(whole, random), read).ok()) continue;
    // What passes can be written down again.
    std::string line, extra;
    std::vector<JsonMember> members;
    if (SplitExtra(read.event.extra, extra, members).ok()) AppendJson(read.event, line);
  }
}

// The short way to a key finds what the decoder does, and ends with the bytes.
TEST(Decoding, TheKeyOfARecord) {
  RecordCodec codec;
  const std::string note(300, 'n');
  for (const std::string_view key : {"", "12345678",
                                     "a key of more than one hundred and "
                                     "twenty-eight bytes, so that its length takes two bytes: "
                                     "0123456789012345678901234567890123456789"}) {
    std::string event, whole;
    codec.EncodeEvent({.id = "e1", .dossier = "D", .at = kMorning, .note = note},
                      {.key = std::string(key), .box = "box", .fields = {"note"}}, event);
    Record record;
    record.event_bytes = event;
    record.parents = {{1, 2}};
    codec.EncodeRecord(record, whole);
    EXPECT_EQ(SealedKeyOf(whole), key);
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const std::string cut = whole.substr(0, size);
      EXPECT_TRUE(SealedKeyOf(cut).empty() || SealedKeyOf(cut) == key);
    }
    std::mt19937 random(1);
    for (int k = 0; k < 5'000; ++k) SealedKeyOf(Turned(whole, random));
  }
  EXPECT_EQ(SealedKeyOf(std::string(20, '\xff')), "");
}

TEST(Decoding, RefusesEventsThatNoJournalHolds) {
  RecordCodec codec;
  const auto refused = [&](const Event& event) {
    std::string bytes;
    codec.EncodeEvent(event, {}, bytes);
    Event read;
    SealedPart sealed;
    return codec.DecodeEvent(bytes, read, sealed).code() == absl::StatusCode::kDataLoss;
  };
  EXPECT_FALSE(refused({.id = "e", .dossier = "D", .at = kMorning}));
  EXPECT_TRUE(refused({.dossier = "D", .at = kMorning}));
  EXPECT_TRUE(refused({.id = "e", .at = kMorning}));
  EXPECT_TRUE(refused({.id = "e", .dossier = "D", .at = kNoMinute}));
  EXPECT_TRUE(refused({.id = "e", .dossier = "D", .at = INT64_MAX}));
  EXPECT_TRUE(refused({.id = "e", .dossier = "D", .at = kMorning, .due = INT64_MAX}));
  EXPECT_TRUE(refused({.id = std::string(257, 'x'), .dossier = "D", .at = kMorning}));
  EXPECT_TRUE(refused({.id = "e\n", .dossier = "D", .at = kMorning}));
  // A box that names no key, which nobody can open: field 13, in it field 2.
  std::string bytes;
  codec.EncodeEvent({.id = "e", .dossier = "D", .at = kMorning}, {}, bytes);
  Event read;
  SealedPart sealed;
  EXPECT_TRUE(codec.DecodeEvent(bytes, read, sealed).ok());
  bytes.append(
      "\x6a\x05\x12\x03"
      "box");
  EXPECT_EQ(codec.DecodeEvent(bytes, read, sealed).code(), absl::StatusCode::kDataLoss);
}

TEST(Decoding, BoxesThatWereChangedStayClosed) {
  const std::string secret(32, 'k');
  const std::string box = *Seal(secret, "e1", "Nguyễn Thị Kín", "\"phone\":\"0900\"");
  EXPECT_EQ(box, *Seal(secret, "e1", "Nguyễn Thị Kín", "\"phone\":\"0900\""));
  EXPECT_EQ(box.find("Kín"), std::string::npos);
  std::string note, extra;
  ASSERT_TRUE(OpenBox(secret, "e1", box, note, extra).ok());
  EXPECT_EQ(note, "Nguyễn Thị Kín");
  EXPECT_EQ(extra, "\"phone\":\"0900\"");
  EXPECT_FALSE(OpenBox(secret, "e2", box, note, extra).ok());
  EXPECT_FALSE(OpenBox(std::string(32, 'x'), "e1", box, note, extra).ok());
  EXPECT_FALSE(OpenBox("", "e1", box, note, extra).ok());
  std::mt19937 random(2);
  for (int k = 0; k < 2'000; ++k) {
    const std::string turned = Turned(box, random);
    if (turned == box) continue;
    EXPECT_FALSE(OpenBox(secret, "e1", turned, note, extra).ok());
  }
}

TEST(Decoding, SegmentsOfAnyBytes) {
  RowIndex index;
  for (std::int64_t k = 1; k <= RowIndex::kSegmentRows; ++k) {
    index.Add(Fingerprint(Named("e", k)), Fingerprint(Named("D", k / 10)),
              static_cast<std::uint64_t>(k));
  }
  Hash hash{1, 2, 3}, last{};
  const std::string segment = index.Segment(1, hash);
  RowIndex again;
  ASSERT_TRUE(again.AddSegment(segment, last));
  EXPECT_EQ(last, hash);
  for (std::int64_t k = 1; k <= RowIndex::kSegmentRows; ++k) {
    ASSERT_EQ(again.WithId(Named("e", k)), std::vector<std::int64_t>{k});
    ASSERT_FALSE(again.HasEarlier(k));
  }
  for (std::int64_t k = 10; k < RowIndex::kSegmentRows; k += 10) {
    std::vector<std::int64_t> rows;
    for (std::int64_t row = k; row < std::min(k + 10, RowIndex::kSegmentRows + 1); ++row) {
      rows.push_back(row);
    }
    ASSERT_EQ(again.WithDossier(Named("D", k / 10)), rows);
  }
  EXPECT_FALSE(again.AddSegment(segment, last)) << "it does not continue the index";
  std::mt19937 random(3);
  for (int k = 0; k < 300; ++k) {
    RowIndex fresh;
    const std::string turned = Turned(segment, random);
    if (turned == segment) continue;
    EXPECT_FALSE(fresh.AddSegment(turned, last));
  }
}

TEST(Extra, IsTakenApartAsJsonIs) {
  std::string text;
  std::vector<JsonMember> members;
  ASSERT_TRUE(
      SplitExtra(R"( "a": [1, {"b": "},\""}] , "c\"d" : "x,y", "e":null)", text, members).ok());
  ASSERT_EQ(members.size(), 3u);
  EXPECT_EQ(members[0].text, R"("a":[1,{"b":"},\""}])");
  EXPECT_EQ(members[1].key, R"(c\"d)");
  EXPECT_EQ(members[2].text, R"("e":null)");
  for (const char* bad : {"{", "\"a\"", "\"a\":1,", "\"a\":1}{", "x"}) {
    EXPECT_FALSE(SplitExtra(bad, text, members).ok()) << bad;
  }
}

}  // namespace
}  // namespace motcua
