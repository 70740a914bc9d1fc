// What of an event is sealed: fields by their names, in whatever case, at whatever depth.
#include <fstream>
#include <iterator>

#include "motcua/journal/sqlite_connection.h"
#include "tests/journal/journal_cases.h"

namespace motcua {
namespace {

std::string Line(const std::string& members) {
  return R"({"id":"1","dossier":"D","kind":"assign","at":"2025-07-01T09:00",)" + members + "}";
}

// Every byte that a journal of this event has on the disk.
std::string BytesOf(const std::string& members, std::vector<std::string> personal = {}) {
  const Folder folder;
  const auto journal = OpenJournal(folder.Url("j.db"), {.personal = std::move(personal)});
  EXPECT_TRUE(journal->Append(Lines(Line(members))).ok());
  EXPECT_EQ(Shown(*journal)[0].find("erased"), std::string::npos);
  std::string all;
  for (const char* part : {"", "-wal"}) {
    std::ifstream file(folder.File(std::string("j.db") + part), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(file), {});
  }
  return all;
}

bool IsSealed(const std::string& members, std::vector<std::string> personal = {}) {
  return BytesOf(members, std::move(personal)).find("Bí") == std::string::npos;
}

// The names are those of reference/portal.md: DongBoHoSoMC, CapNhatTienDoHoSoMC and NoiHoSo.
TEST(Personal, FieldsOfThePortal) {
  for (const char* name :
       {"ChuHoSo", "MaDoiTuong", "ThongTinKhac", "Email", "Fax", "SoDienThoai", "TrichYeuHoSo",
        "ThongTinTra", "GhiChu", "SoGiayToChuHoSo", "ThongTinNguoiNop", "HoTen", "NoiDungXuLy"}) {
    EXPECT_TRUE(IsSealed('"' + std::string(name) + R"(":"Bí")")) << name;
  }
  for (const char* name : {"MaTTHC", "MaLinhVuc", "KenhThucHien", "DonViXuLy", "NgayHenTra"}) {
    EXPECT_FALSE(IsSealed('"' + std::string(name) + R"(":"Bí")")) << name;
  }
}

TEST(Personal, NestedAtAnyDepthIsSealedWithItsKey) {
  EXPECT_TRUE(IsSealed(R"("DinhDanhCHS":[{"LoaiDinhDanh":1,"SoDinhDanh":"Bí"}])"));
  EXPECT_TRUE(IsSealed(R"("a":[1,[{"b":{"c":{"PHONE":"Bí"}}}]])"));
  EXPECT_TRUE(IsSealed(R"("a":[{"x":"Bí"},{"phone":"1"}])"));
  EXPECT_TRUE(IsSealed(R"("DanhSachHoSoBoSung":[{"HoSoBoSungId":"1","NoiDungBoSung":"Bí"}])"));
  EXPECT_FALSE(IsSealed(R"("DanhSachLePhi":[{"TenPhiLePhi":"Bí"}])"));
  EXPECT_FALSE(IsSealed(R"("a":"phone","b":["Bí","phone"])"));  // values are no names
}

TEST(Personal, NamesWithoutCaseAndHoweverTheyAreTyped) {
  EXPECT_TRUE(IsSealed(R"("CHUHOSO":"Bí")"));
  EXPECT_TRUE(IsSealed(R"("\u0043huHoSo":"Bí")"));
  for (const char* given : {"mẹ", "MẸ", "ME\u0323"}) {
    for (const char* key : {"mẹ", "Mẹ", "MẸ", "me\u0323"}) {
      EXPECT_TRUE(IsSealed('"' + std::string(key) + R"(":"Bí")", {given})) << given << " " << key;
    }
  }
  EXPECT_TRUE(IsSealed(R"("a\"b":"Bí")", {"A\"B"}));
  EXPECT_FALSE(IsSealed(R"("me":"Bí")", {"mẹ"}));
  const Folder folder;
  EXPECT_EQ(Journal::Open(folder.Url("j.db"), {.personal = {"m\xe1"}}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(Personal, IsErasedByItsOuterKey) {
  const Folder folder;
  const auto journal = OpenJournal(folder.Url("j.db"));
  ASSERT_TRUE(journal->Append(Lines(Line(R"("fee":0,"DinhDanhCHS":[{"SoDinhDanh":"Bí"}])"))).ok());
  EXPECT_NE(Shown(*journal)[0].find("Bí"), std::string::npos);
  ASSERT_EQ(*journal->Erase("D"), 1);
  ASSERT_TRUE(journal
                  ->Read({},
                         [](const JournalEntry& entry) {
                           EXPECT_EQ(entry.erased, std::vector<std::string>{"DinhDanhCHS"});
                           EXPECT_EQ(entry.event.extra, "\"fee\":0");
                           return absl::OkStatus();
                         })
                  .ok());
}

// RFC 8259: an object is an unordered collection of members, an array an ordered sequence.
TEST(Personal, TheOrderOfMembersIsNoContent) {
  for (const char* key : {"open", "phone"}) {
    const Folder folder;
    const auto journal = OpenJournal(folder.Url("j.db"));
    const auto append = [&](const std::string& value) {
      return journal->Append(Lines(Line('"' + std::string(key) + "\":" + value))).status().code();
    };
    ASSERT_EQ(append(R"({"a":1,"b":[{"c":"x","d":null}]})"), absl::StatusCode::kOk);
    EXPECT_EQ(append(R"({"b":[{"d":null,"c":"x"}],"a":1})"), absl::StatusCode::kOk);
    EXPECT_EQ(append(R"({"b":[{"d":null,"c":"y"}],"a":1})"), absl::StatusCode::kAlreadyExists);
    EXPECT_EQ(append(R"({"b":[{"c":"x"}],"a":1})"), absl::StatusCode::kAlreadyExists);
    EXPECT_EQ(append(R"({"b":[],"a":1})"), absl::StatusCode::kAlreadyExists);
    EXPECT_EQ(journal->Head()->sequence, 1);
  }
}

// What cannot be opened is said with its place.
TEST(Personal, ADamagedKeyIsSaidWithTheEvent) {
  const Folder folder;
  const auto journal = OpenJournal(folder.Url("j.db")), other = OpenJournal(folder.Url("o.db"));
  ASSERT_TRUE(journal->Append(Lines(Line(R"("phone":"Bí")"))).ok());
  ASSERT_TRUE(other->Append(Lines(Line(R"("phone":"Mật")"))).ok());
  ASSERT_TRUE(journal->Merge(*other).ok());
  SqliteConnection raw;
  ASSERT_TRUE(raw.Open(folder.File("j.db"), SQLITE_OPEN_READWRITE).ok());
  ASSERT_TRUE(raw.Run("UPDATE keys SET secret = zeroblob(32)").ok());
  const absl::Status read = journal->Read({}, [](const JournalEntry&) { return absl::OkStatus(); });
  for (const absl::Status& status : {read, journal->Conflicts().status()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
    EXPECT_NE(status.message().find("sequence"), absl::string_view::npos) << status;
    EXPECT_NE(status.message().find("event '1'"), absl::string_view::npos) << status;
  }
  ASSERT_TRUE(raw.Run("UPDATE events SET record = x'00' WHERE sequence = 2").ok());
  const absl::Status conflicts = journal->Conflicts().status();
  EXPECT_NE(conflicts.message().find("sequence '2'"), absl::string_view::npos) << conflicts;
}

}  // namespace
}  // namespace motcua
