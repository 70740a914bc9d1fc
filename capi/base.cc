// motcua/c/base.h
#include <cstdint>

#include "boundary.h"
#include "motcua/dossiers/machine.h"
#include "motcua/time/time_tables_check.h"
#include "motcua/units/agencies.h"

using motcua::capi::Guard;
using motcua::capi::Require;

namespace motcua::capi {
namespace {

// Handed out when there is no memory left to make an error; never freed.
motcua_error& OutOfMemoryError() {
  static motcua_error error{MOTCUA_RESOURCE_EXHAUSTED, MOTCUA_REASON_NONE, "out of memory", {}};
  return error;
}

}  // namespace

motcua_status FailOutOfMemory(motcua_error** error) noexcept {
  if (error != nullptr) *error = &OutOfMemoryError();
  return MOTCUA_RESOURCE_EXHAUSTED;
}

}  // namespace motcua::capi

motcua_status motcua_error_status(const motcua_error* error) {
  return error == nullptr ? MOTCUA_OK : error->status;
}

motcua_reason motcua_error_reason(const motcua_error* error) {
  return error == nullptr ? MOTCUA_REASON_NONE : error->reason;
}

const char* motcua_error_message(const motcua_error* error) {
  return error == nullptr ? "" : error->message.c_str();
}

size_t motcua_error_row_count(const motcua_error* error) {
  return error == nullptr ? 0 : error->rows.size();
}

size_t motcua_error_row(const motcua_error* error, size_t k) {
  return error == nullptr || k >= error->rows.size() ? SIZE_MAX : error->rows[k];
}

void motcua_error_free(motcua_error* error) {
  if (error != &motcua::capi::OutOfMemoryError()) delete error;
}

const char* motcua_buffer_data(const motcua_buffer* buffer) {
  return buffer == nullptr ? "" : buffer->text.c_str();
}

size_t motcua_buffer_size(const motcua_buffer* buffer) {
  return buffer == nullptr ? 0 : buffer->text.size();
}

void motcua_buffer_free(motcua_buffer* buffer) { delete buffer; }

int32_t motcua_abi_version(void) { return MOTCUA_ABI_VERSION; }

const char* motcua_version(void) { return MOTCUA_VERSION_STRING; }

motcua_status motcua_dataset_builtin(motcua_dataset** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    *out = new motcua_dataset{motcua::Dataset::Builtin()};
    return absl::OkStatus();
  });
}

motcua_status motcua_dataset_parse(motcua_text image, motcua_dataset** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(motcua::Dataset dataset,
                            motcua::Dataset::Parse(std::string(motcua::capi::View(image))));
    // Every room opens it once, so that a sound handle is sound in all of them.
    MOTCUA_ASSIGN_OR_RETURN(const auto registry, motcua::Registry::National(dataset));
    MOTCUA_RETURN_IF_ERROR(motcua::AgencyDirectory::National(registry).status());
    MOTCUA_RETURN_IF_ERROR(motcua::CheckTimeTables(dataset));
    MOTCUA_RETURN_IF_ERROR(motcua::Machine::National({}, dataset).status());
    *out = new motcua_dataset{std::move(dataset)};
    return absl::OkStatus();
  });
}

motcua_text motcua_dataset_version(const motcua_dataset* dataset) {
  return motcua::capi::Text(dataset == nullptr ? "" : dataset->value.version());
}

motcua_text motcua_dataset_image(const motcua_dataset* dataset) {
  if (dataset == nullptr) return motcua::capi::Text("");
  const auto image = dataset->value.image();
  return {reinterpret_cast<const char*>(image.data()), image.size()};
}

void motcua_dataset_free(motcua_dataset* dataset) { delete dataset; }
