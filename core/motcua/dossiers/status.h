// The ten statuses of a dossier (trạng thái hồ sơ), as the national portal numbers them.
#ifndef MOTCUA_DOSSIERS_STATUS_H_
#define MOTCUA_DOSSIERS_STATUS_H_

#include <cstdint>
#include <string_view>

namespace motcua {

enum class DossierStatus : std::uint8_t {
  kNone = 0,                // no dossier yet
  kNew = 1,                 // mới đăng ký: submitted online, not yet accepted
  kAccepted = 2,            // được tiếp nhận
  kRefused = 3,             // không được tiếp nhận
  kInProcessing = 4,        // đang xử lý
  kAwaitingSupplement = 5,  // yêu cầu bổ sung giấy tờ
  kAwaitingPayment = 6,     // yêu cầu thực hiện nghĩa vụ tài chính
  kWithdrawn = 7,           // công dân yêu cầu rút hồ sơ
  kStopped = 8,             // dừng xử lý
  kFinished = 9,            // đã xử lý xong
  kHandedOver = 10,         // đã trả kết quả
};
inline constexpr int kDossierStatusCount = 11;  // with kNone

constexpr std::string_view NameOf(DossierStatus status) {
  constexpr std::string_view kNames[kDossierStatusCount] = {"none",
                                                            "new",
                                                            "accepted",
                                                            "refused",
                                                            "in_processing",
                                                            "awaiting_supplement",
                                                            "awaiting_payment",
                                                            "withdrawn",
                                                            "stopped",
                                                            "finished",
                                                            "handed_over"};
  return kNames[static_cast<int>(status)];
}

// The portal's own words.
constexpr std::string_view VietnameseNameOf(DossierStatus status) {
  constexpr std::string_view kNames[kDossierStatusCount] = {"chưa có hồ sơ",
                                                            "Mới đăng ký",
                                                            "Được tiếp nhận",
                                                            "Không được tiếp nhận",
                                                            "Đang xử lý",
                                                            "Yêu cầu bổ sung giấy tờ",
                                                            "Yêu cầu thực hiện nghĩa vụ tài chính",
                                                            "Công dân yêu cầu rút hồ sơ",
                                                            "Dừng xử lý",
                                                            "Đã xử lý xong",
                                                            "Đã trả kết quả"};
  return kNames[static_cast<int>(status)];
}

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_STATUS_H_
