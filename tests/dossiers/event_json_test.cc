#include "motcua/dossiers/event_json.h"

#include <gmock/gmock.h>

#include "tests/status_matchers.h"

namespace motcua {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kAccept =
    R"({"id":"e1","dossier":"D1","kind":"accept","at":"2025-07-01T08:15","agency":"24820",)"
    R"("procedure":"1.001193","channel":1,"limit":"3wd","note":"Hồ sơ \"gấp\""})";

struct Read {
  EventLog log;
  std::vector<Problem> problems;
};

Read ReadAll(std::string_view text) {
  Read read;
  EventReader reader(read.log);
  reader.Feed(text);
  reader.Finish();
  read.problems = reader.problems();
  return read;
}

std::vector<std::string> Fields(const std::vector<Problem>& problems) {
  std::vector<std::string> fields;
  for (const Problem& problem : problems) {
    fields.push_back(std::to_string(problem.line) + " " + problem.field + " " + problem.value);
  }
  return fields;
}

TEST(EventReader, ReadsEveryField) {
  const Read read = ReadAll(kAccept);
  EXPECT_THAT(read.problems, IsEmpty());
  ASSERT_EQ(read.log.size(), 1u);
  const Event event = read.log.event(0);
  EXPECT_EQ(event.id, "e1");
  EXPECT_EQ(event.dossier, "D1");
  EXPECT_EQ(event.kind, EventKind::kAccept);
  EXPECT_EQ(event.at, ToNumber(CivilMinute(2025, 7, 1, 8, 15)));
  EXPECT_EQ(event.agency, "24820");
  EXPECT_EQ(event.procedure, "1.001193");
  EXPECT_EQ(event.channel, Channel::kDirect);
  EXPECT_EQ(event.limit, "3wd");
  EXPECT_EQ(event.note, "Hồ sơ \"gấp\"");
  EXPECT_EQ(event.line, 1);
}

TEST(EventReader, KnowsAFieldWhoseNameIsWrittenWithEscapes) {
  const Read read = ReadAll(
      R"({"\u0069d":"e1","dossier":"D","kind":"accept","at":"2025-07-01T08:15","we\u0069ght": 2 })");
  EXPECT_THAT(read.problems, IsEmpty());
  ASSERT_EQ(read.log.size(), 1u);
  EXPECT_EQ(read.log.event(0).id, "e1");
  EXPECT_EQ(read.log.event(0).extra, R"("we\u0069ght": 2)");
}

TEST(EventReader, ReportsEveryFieldAtFaultAndReadsOn) {
  const Read read = ReadAll(
      "{\"id\":\"a\",\"dossier\":\"D\",\"kind\":\"approve\",\"at\":\"2025-02-30T08:00\"}\n"
      "\n"
      "{\"id\":5,\"kind\":\"finish\",\"at\":\"2025-07-01T08:00\",\"channel\":4}\n"
      "{\"id\":\"b\",\"dossier\":\"\",\"kind\":\"finish\",\"at\":\"2025-07-01T08:00\"}\n"
      "{\"id\":\"c\",\"dossier\":\"D\",\"kind\":\"finish\",\"at\":\"2025-07-01T08:00\","
      "\"actor\":{\"name\":\"Nguyễn Văn A\"},\"note\":7}\n"
      "{\"id\":\"d\",\"dossier\":\"D\",\"kind\":\"finish\",\"at\":\"2025-07-01T08:00\","
      "\"due\":\"2025-07-02T17:00\"}\n"
      "{\"id\":\"e\",\"id\":\"f\",\"dossier\":\"D\",\"kind\":\"finish\","
      "\"at\":\"2025-07-01T08:00\"}\n" +
      std::string(kAccept) + "\n");
  EXPECT_THAT(Fields(read.problems),
              ElementsAre("1 kind approve", "1 at 2025-02-30T08:00", "3 id 5", "3 channel 4",
                          "3 dossier ", "4 dossier ", "5 actor ", "5 note ",
                          "6 due 2025-07-02T17:00", "7 id given twice"));
  EXPECT_EQ(read.problems[0].subject, "a");
  EXPECT_THAT(read.problems[0].expected, HasSubstr("submit, accept"));
  EXPECT_EQ(read.log.size(), 1u);
  EXPECT_EQ(read.log.event(0).line, 8);
}

TEST(EventReader, RefusesControlCharactersInIdsAndDossiers) {
  const std::string tail = R"(","kind":"finish","at":"2025-07-01T08:00"})";
  const Read read = ReadAll(
      "{\"id\":\"a\\u0000b\",\"dossier\":\"D" + tail + "\n" + "{\"id\":\"b\",\"dossier\":\"D\\n1" +
      tail + "\n" + "{\"id\":\"c\\u007f\",\"dossier\":\"D\\u009b1" + tail + "\n" +
      "{\"id\":\"\u00e0\u00a0\",\"dossier\":\"H\u1ed3 s\u01a1 1" + tail + "\n");
  EXPECT_THAT(Fields(read.problems), ElementsAre("1 id a\\x00b", "2 dossier D\\x0a1", "3 id c\\x7f",
                                                 "3 dossier D\u009b1"));
  EXPECT_THAT(read.problems[0].expected, HasSubstr("without control characters"));
  EXPECT_EQ(read.log.size(), 1u);
  EventLog log;
  Event event = {.id = "x", .dossier = std::string_view("D\0", 2), .at = 0};
  EXPECT_EQ(ReasonOf(log.Append(event).status()), Reason::kInvalidArgument);
}

TEST(EventReader, SkipsAByteOrderMarkHoweverItArrives) {
  const std::string text = "\xEF\xBB\xBF" + std::string(kAccept) + "\n";
  EXPECT_THAT(ReadAll(text).problems, IsEmpty());
  EXPECT_EQ(ReadAll(text).log.size(), 1u);
  EventLog log;
  EventReader reader(log);
  for (const char c : text) reader.Feed({&c, 1});
  reader.Finish();
  EXPECT_THAT(reader.problems(), IsEmpty());
  EXPECT_EQ(log.size(), 1u);
  // Anywhere else it is no JSON.
  EXPECT_EQ(ReadAll("\n" + text).problems.size(), 1u);
}

TEST(EventReader, SaysWhatIsWrongWithALoneSurrogate) {
  const Read read = ReadAll(
      R"({"id":"a","dossier":"D","kind":"finish","at":"2025-07-01T08:00","note":"\ud800"})");
  ASSERT_EQ(read.problems.size(), 1u);
  EXPECT_THAT(read.problems[0].expected, HasSubstr("surrogate"));
}

TEST(EventReader, ReportsWhatIsNotJsonWithoutShowingNames) {
  const Read read = ReadAll(
      "not json\n"
      "{\"id\":\"a\",\"dossier\":\"D\",\"kind\":\"finish\"\n"
      "[1,2]\n"
      "{\"note\":\"Nguyễn Văn A\" \"x\"}\n"
      "{\"id\":\"\xff\xfe\"}\n"
      "{\"id\":\"a\"} {\"id\":\"b\"}\n" +
      std::string(kAccept));
  ASSERT_EQ(read.problems.size(), 6u);
  for (const Problem& problem : read.problems) {
    EXPECT_EQ(problem.field, "line");
    EXPECT_THAT(problem.value, Not(HasSubstr("Nguy")));
  }
  EXPECT_EQ(read.problems[4].expected, "UTF-8 text");
  EXPECT_EQ(read.log.size(), 1u);
}

TEST(EventReader, KeepsUnknownKeysVerbatim) {
  const std::string line =
      R"({"id":"e1","x":1.50,"dossier":"D","kind":"finish","at":"2025-07-01T08:00",)"
      R"("officer, \"new\"" : {"a": [1, "}"], "b":null} ,"big":12345678901234567890})";
  const Read read = ReadAll(line);
  EXPECT_THAT(read.problems, IsEmpty());
  ASSERT_EQ(read.log.size(), 1u);
  EXPECT_EQ(
      read.log.event(0).extra,
      R"("x":1.50,"officer, \"new\"" : {"a": [1, "}"], "b":null},"big":12345678901234567890)");
  std::string written;
  AppendJson(read.log.event(0), written);
  const Read again = ReadAll(written);
  ASSERT_EQ(again.log.size(), 1u) << written;
  EXPECT_TRUE(again.log.event(0).SameContent(read.log.event(0)));
}

TEST(EventReader, IsIdempotentById) {
  const std::string twice = std::string(kAccept) + "\n" + std::string(kAccept) + "\n";
  const Read same = ReadAll(twice);
  EXPECT_EQ(same.log.size(), 1u);
  EXPECT_THAT(same.problems, IsEmpty());
  std::string other(kAccept);
  other.replace(other.find("08:15"), 5, "08:16");
  const Read differs = ReadAll(std::string(kAccept) + "\n" + other);
  EXPECT_EQ(differs.log.size(), 1u);
  ASSERT_EQ(differs.problems.size(), 1u);
  EXPECT_EQ(differs.problems[0].line, 2);
  EXPECT_EQ(differs.problems[0].field, "id");
  EXPECT_THAT(differs.problems[0].expected, HasSubstr("content it already has"));
}

TEST(EventReader, ReadsPiecesOfAnySize) {
  std::string text;
  for (int k = 0; k < 40; ++k) {
    text += R"({"id":"e)" + std::to_string(k) +
            R"(","dossier":"D","kind":"forward","at":"2025-07-01T08:00","note":"Đơn"})" + "\r\n";
  }
  for (const std::size_t size : {1u, 7u, 64u, 1000u, 100000u}) {
    EventLog log;
    EventReader reader(log);
    for (std::size_t at = 0; at < text.size(); at += size) reader.Feed(text.substr(at, size));
    reader.Finish();
    EXPECT_EQ(log.size(), 40u) << size;
    EXPECT_THAT(reader.problems(), IsEmpty()) << size;
    EXPECT_EQ(log.event(39).line, 40) << size;
  }
}

TEST(EventLog, IsAValue) {
  EventLog log;
  const MinuteNumber at = 29000000;
  ASSERT_THAT(log.Append({.id = "1", .dossier = "D", .at = at}), IsOk());
  const EventLog before = log;
  ASSERT_THAT(log.Append({.id = "2", .dossier = "D", .at = at}), IsOk());
  EXPECT_EQ(before.size(), 1u);
  EXPECT_EQ(log.size(), 2u);
  EXPECT_FALSE(*log.Append({.id = "2", .dossier = "D", .at = at}));
  EXPECT_THAT(log.Append({.id = "2", .dossier = "E", .at = at}),
              FailsWith(Reason::kInvalidArgument, "id '2'"));
  EXPECT_THAT(log.Append({.id = "", .dossier = "E", .at = at}),
              FailsWith(Reason::kInvalidArgument, "id ''"));
  EXPECT_THAT(log.Append({.id = "3", .dossier = "", .at = at}),
              FailsWith(Reason::kInvalidArgument, "dossier ''"));
  EXPECT_THAT(log.Append({.id = "3", .dossier = "E"}), FailsWith(Reason::kInvalidArgument, "at"));
}

TEST(TextTable, GivesEveryTextOneNumber) {
  TextTable table;
  EXPECT_EQ(table.Intern(""), 0u);
  std::vector<std::uint32_t> numbers;
  for (int k = 0; k < 5000; ++k) numbers.push_back(table.Intern("text " + std::to_string(k)));
  for (int k = 0; k < 5000; ++k) {
    const std::string text = "text " + std::to_string(k);
    EXPECT_EQ(table.Intern(text), numbers[static_cast<std::size_t>(k)]);
    EXPECT_EQ(table.Find(text), numbers[static_cast<std::size_t>(k)]);
    EXPECT_EQ(table[numbers[static_cast<std::size_t>(k)]], text);
  }
  EXPECT_EQ(table.size(), 5001u);
  EXPECT_EQ(table.Find("none"), std::nullopt);
}

}  // namespace
}  // namespace motcua
