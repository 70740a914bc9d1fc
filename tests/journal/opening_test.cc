// Which urls this build opens: the same refusals whether libpq was there or not.
#include "tests/journal/journal_cases.h"

namespace motcua {
namespace {

absl::Status Refused(const std::string& url) { return Journal::Open(url, {}).status(); }

TEST(JournalUrl, IsRefusedWithoutItsPassword) {
  for (const char* url : {"postgresql://u:s3cret@h/d?no_such_option=1",
                          "postgres://u:s3cret%zz@h/d", "mysql://u:s3cret@h/d", "s3cret.db"}) {
    const absl::Status status = Refused(url);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << url;
    if (std::string_view(url).find("://") != std::string_view::npos) {
      EXPECT_EQ(status.message().find("s3cret"), absl::string_view::npos) << status;
    }
  }
}

#ifdef MOTCUA_WITHOUT_POSTGRESQL
TEST(JournalUrl, OfPostgresqlSaysHowToHaveIt) {
  for (const char* url : {"postgresql://u:s3cret@h/d", "postgres:///d"}) {
    const absl::Status status = Refused(url);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_NE(status.message().find("built without PostgreSQL"), absl::string_view::npos) << status;
  }
}
#endif

}  // namespace
}  // namespace motcua
