// A column of an array as NumPy has it: a pointer and a step in bytes, which may be zero
// (one value for all rows) or negative.
#ifndef MOTCUA_TIME_STRIDED_H_
#define MOTCUA_TIME_STRIDED_H_

#include <cstddef>
#include <type_traits>

namespace motcua {

template <typename T>
class Strided {
 public:
  Strided() = default;
  Strided(T* data, std::ptrdiff_t stride_bytes = sizeof(T))
      : bytes_(reinterpret_cast<Byte*>(data)), stride_(stride_bytes) {}

  T& operator[](std::size_t row) const {
    return *reinterpret_cast<T*>(bytes_ + static_cast<std::ptrdiff_t>(row) * stride_);
  }
  bool contiguous() const { return stride_ == static_cast<std::ptrdiff_t>(sizeof(T)); }
  bool constant() const { return stride_ == 0; }
  T* data() const { return reinterpret_cast<T*>(bytes_); }
  explicit operator bool() const { return bytes_ != nullptr; }
  // The column from `row` on; an empty column stays empty.
  Strided From(std::size_t row) const {
    if (bytes_ == nullptr) return *this;
    return {reinterpret_cast<T*>(bytes_ + static_cast<std::ptrdiff_t>(row) * stride_), stride_};
  }

 private:
  using Byte = std::conditional_t<std::is_const_v<T>, const char, char>;
  Byte* bytes_ = nullptr;
  std::ptrdiff_t stride_ = sizeof(T);
};

}  // namespace motcua

#endif  // MOTCUA_TIME_STRIDED_H_
