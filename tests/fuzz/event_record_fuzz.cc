// Any bytes read as an event message and as a record of a journal: they are refused, or what
// they say is encoded and read again as it was.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "motcua/journal/record.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  motcua::RecordCodec codec;
  motcua::RecordCodec other;
  motcua::Event event, again;
  motcua::SealedPart sealed, sealed_again;
  if (codec.DecodeEvent(bytes, event, sealed).ok()) {
    std::string encoded;
    other.EncodeEvent(event, sealed, encoded);
    motcua::RecordCodec third;
    if (!third.DecodeEvent(encoded, again, sealed_again).ok()) std::abort();
    if (!again.SameContent(event)) std::abort();
    if (sealed_again.key != sealed.key || sealed_again.box != sealed.box ||
        sealed_again.fields != sealed.fields) {
      std::abort();
    }
  }
  motcua::Record record;
  if (!codec.Decode(bytes, record).ok()) return 0;
  std::string encoded;
  other.EncodeRecord(record, encoded);
  motcua::RecordCodec third;
  motcua::Record read;
  if (!third.Decode(encoded, read).ok() || !read.event.SameContent(record.event)) std::abort();
  return 0;
}
