#include "motcua/journal/sealing.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>

#include "absl/strings/ascii.h"
#include "motcua/base/status.h"
#include "motcua/journal/chain.h"
#include "motcua/journal/erasure.h"
#include "motcua/journal/extra.h"
#include "motcua/text/normal_form.h"
#include "motcua/v1/event.pb.h"

namespace motcua {
namespace {

constexpr std::size_t kNonce = 12;
constexpr std::size_t kTag = 16;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const unsigned char* Octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

void AddMember(std::string_view member, std::string& out) {
  if (!out.empty()) out.push_back(',');
  out.append(member);
}

absl::Status Broken() {
  return Error(Reason::kMalformedData, "sealed", "", "personal data that its key opens");
}

}  // namespace

std::string PersonalName(std::string_view name) {
  if (std::all_of(name.begin(), name.end(), absl::ascii_isascii)) {
    return absl::AsciiStrToLower(ToAbsl(name));
  }
  absl::StatusOr<std::string> caseless = ToCaseless(name, "personal", name.size());
  return caseless.ok() ? *std::move(caseless) : std::string(name);  // which no key can equal
}

PersonalFields DefaultPersonalFields() {
  constexpr std::string_view kNames[] = {
      "note", "personal", "applicant", "applicant_name", "citizen", "citizen_id", "id_card",
      "phone", "email", "address", "birthday", "fullname",
      // The portal's: who it is, and where to find them ...
      "ChuHoSo", "MaDoiTuong", "SoGiayToChuHoSo", "DiaChiChuHoSo", "NgaySinhChuHoSo",
      "EmailChuHoSo", "SoDinhDanh", "SoCMND", "SoCCCD", "HoTen", "NgaySinh", "DiaChi",
      "SoDienThoai", "Fax", "ThongTinNguoiNop", "HoTenNguoiNop", "HoTenNguoiNopHoSo",
      // ... and where officials and applicants write what they like.
      "TrichYeuHoSo", "GhiChu", "ThongTinKhac", "ThongTinTra", "ThongTinTiepNhan", "NoiDungBoSung",
      "NoiDungXuLy", "TenTepDinhKem"};
  PersonalFields names;
  for (const std::string_view name : kNames) names.insert(PersonalName(name));
  return names;
}

absl::Status CheckPersonal(std::string_view name) {
  constexpr std::string_view kOpen[] = {"id",     "dossier",   "kind",    "at",    "due",
                                        "agency", "procedure", "channel", "limit", "actor"};
  MOTCUA_RETURN_IF_ERROR(ValidateText(name, "personal"));
  const bool is_open = std::find(std::begin(kOpen), std::end(kOpen), name) != std::end(kOpen);
  if (!is_open && !name.empty() && name.find_first_of(std::string_view("\n\0", 2)) == name.npos) {
    return absl::OkStatus();
  }
  return Error(Reason::kInvalidArgument, "personal", name,
               "note, or a key that events carry beside id, dossier, kind, at, due, agency, "
               "procedure, channel, limit and actor, which are never sealed");
}

namespace {

bool HoldsPersonal(simdjson::dom::element value, const PersonalFields& personal) {
  simdjson::dom::array array;
  if (!value.get(array)) {
    return std::any_of(array.begin(), array.end(),
                       [&](simdjson::dom::element item) { return HoldsPersonal(item, personal); });
  }
  simdjson::dom::object object;
  if (value.get(object)) return false;
  return std::any_of(object.begin(), object.end(), [&](simdjson::dom::key_value_pair member) {
    return personal.contains(PersonalName(member.key)) || HoldsPersonal(member.value, personal);
  });
}

}  // namespace

absl::Status SplitExtra(std::string_view extra, std::string& text,
                        std::vector<JsonMember>& members) {
  members.clear();
  text.clear();
  if (extra.empty()) return absl::OkStatus();
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  MOTCUA_RETURN_IF_ERROR(ParseExtra(extra, parser, object));
  text = simdjson::minify(object);
  JsonMembers found(text);
  for (JsonMember member; found.Next(member);) members.push_back(member);
  return absl::OkStatus();
}

absl::StatusOr<Parted> Part(const Event& event, const PersonalFields& personal) {
  Parted parted;
  if (!event.note.empty() && personal.contains("note")) {
    parted.personal_note = event.note;
    parted.fields.emplace_back("note");
  } else {
    parted.note = event.note;
  }
  if (event.extra.empty()) return parted;
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  MOTCUA_RETURN_IF_ERROR(ParseExtra(event.extra, parser, object));
  const std::string text = simdjson::minify(object);
  JsonMembers members(text);
  JsonMember member;
  for (const simdjson::dom::key_value_pair found : object) {
    members.Next(member);  // the same one as it is written
    if (personal.contains(PersonalName(found.key)) || HoldsPersonal(found.value, personal)) {
      AddMember(member.text, parted.personal_extra);
      parted.fields.emplace_back(member.key);
    } else {
      AddMember(member.text, parted.extra);
    }
  }
  return parted;
}

std::string KeyId(std::string_view dossier, std::string_view secret) {
  const Hash hash = HashOf(std::string(dossier).append(1, '\0').append(secret));
  return std::string(Bytes(hash).substr(0, kKeyIdSize));
}

bool IsWhole(const StoredKey& key) {
  return !key.id.empty() && (key.secret.empty() || key.id == KeyId(key.dossier, key.secret));
}

absl::StatusOr<std::string> RandomBytes(std::size_t count) {
  std::string bytes(count, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1) {
    return absl::UnavailableError("the system gives no random bytes");
  }
  return bytes;
}

absl::StatusOr<std::string> Seal(std::string_view secret, std::string_view event_id,
                                 std::string_view note, std::string_view extra) {
  v1::Personal message;
  message.mutable_note()->assign(note);
  message.mutable_extra()->assign(extra);
  const std::string plain = message.SerializeAsString();
  // A nonce made of key and content can repeat only where both are the same.
  std::array<unsigned char, 32> mac;
  const std::string covered = std::string(event_id).append(1, '\0').append(plain);
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), Octets(covered),
       covered.size(), mac.data(), nullptr);
  std::string box(reinterpret_cast<const char*>(mac.data()), kNonce);
  box.resize(kNonce + plain.size() + kTag);
  auto* out = reinterpret_cast<unsigned char*>(box.data());
  const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  int size = 0;
  if (cipher == nullptr || secret.size() != 32 ||
      EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, Octets(secret), out) != 1 ||
      EVP_EncryptUpdate(cipher.get(), nullptr, &size, Octets(event_id),
                        static_cast<int>(event_id.size())) != 1 ||
      EVP_EncryptUpdate(cipher.get(), out + kNonce, &size, Octets(plain),
                        static_cast<int>(plain.size())) != 1 ||
      EVP_EncryptFinal_ex(cipher.get(), out + kNonce + size, &size) != 1 ||
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTag, out + kNonce + plain.size()) !=
          1) {
    return Error(Reason::kInternal, "personal data could not be sealed");
  }
  return box;
}

absl::Status OpenBox(std::string_view secret, std::string_view event_id, std::string_view box,
                     std::string& note, std::string& extra) {
  if (box.size() < kNonce + kTag || secret.size() != 32) return Broken();
  std::string plain(box.size() - kNonce - kTag, '\0');
  auto* out = reinterpret_cast<unsigned char*>(plain.data());
  std::array<unsigned char, kTag> tag;
  box.substr(box.size() - kTag).copy(reinterpret_cast<char*>(tag.data()), kTag);
  const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  int size = 0;
  if (cipher == nullptr ||
      EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, Octets(secret), Octets(box)) !=
          1 ||
      EVP_DecryptUpdate(cipher.get(), nullptr, &size, Octets(event_id),
                        static_cast<int>(event_id.size())) != 1 ||
      EVP_DecryptUpdate(cipher.get(), out, &size, Octets(box.substr(kNonce)),
                        static_cast<int>(plain.size())) != 1 ||
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTag, tag.data()) != 1 ||
      EVP_DecryptFinal_ex(cipher.get(), out + size, &size) != 1) {
    return Broken();
  }
  v1::Personal message;
  if (!message.ParseFromString(plain)) return Broken();
  note = message.note();
  extra = message.extra();
  return absl::OkStatus();
}

void PutBack(std::string_view note, std::string& extra, Event& event) {
  if (!note.empty()) event.note = note;
  if (extra.empty()) return;
  if (!event.extra.empty()) extra.insert(0, std::string(event.extra) + ",");
  event.extra = extra;
}

}  // namespace motcua
