// A fixed number of values in one piece, not set to anything: for tables that are written whole.
#ifndef MOTCUA_TIME_TABLE_H_
#define MOTCUA_TIME_TABLE_H_

#include <cstddef>
#include <memory>

namespace motcua {

template <typename T>
class Table {
 public:
  Table() = default;
  explicit Table(std::size_t size)
      : values_(std::make_unique_for_overwrite<T[]>(size)), size_(size) {}

  T& operator[](std::size_t k) { return values_[k]; }
  const T& operator[](std::size_t k) const { return values_[k]; }
  T* data() { return values_.get(); }
  const T* data() const { return values_.get(); }
  std::size_t size() const { return size_; }
  std::size_t bytes() const { return size_ * sizeof(T); }

 private:
  std::unique_ptr<T[]> values_;
  std::size_t size_ = 0;
};

}  // namespace motcua

#endif  // MOTCUA_TIME_TABLE_H_
