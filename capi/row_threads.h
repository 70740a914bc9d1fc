// Batches in threads: a batch is cut into pieces of whole rows, and each thread takes the next
// piece that is left, so that one that starts late or is held up does not keep the others waiting.
#ifndef MOTCUA_CAPI_ROW_THREADS_H_
#define MOTCUA_CAPI_ROW_THREADS_H_

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/base/status.h"
#include "motcua/time/batch.h"

namespace motcua::capi {

// `run(begin, end)` computes the rows [begin, end) and returns their failures, numbered from
// `begin`; the failures of all pieces come back joined, in order. Errors: kInvalidArgument for
// fewer threads than 0; 0 and 1 are the caller's alone.
template <typename Run>
absl::StatusOr<BatchErrors> InThreads(std::size_t rows, std::int32_t threads, Run&& run) {
  constexpr std::size_t kRowsWorthAThread = 16384;
  constexpr std::size_t kPiecesAThread = 4;
  constexpr std::int32_t kMostThreads = 256;
  if (threads < 0) {
    return Error(Reason::kInvalidArgument, "rules.threads", std::to_string(threads), "0 or more");
  }
  const auto most = static_cast<std::size_t>(std::clamp(threads, 1, kMostThreads));
  const std::size_t workers = std::clamp<std::size_t>(rows / kRowsWorthAThread, 1, most);
  if (workers == 1) return run(std::size_t{0}, rows);
  const std::size_t pieces = std::min(workers * kPiecesAThread, rows / kRowsWorthAThread);
  std::vector<BatchErrors> errors(pieces);
  std::vector<std::exception_ptr> thrown(pieces);
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t piece = next++; piece < pieces; piece = next++) {
      try {
        const std::size_t begin = rows * piece / pieces;
        errors[piece] = run(begin, rows * (piece + 1) / pieces);
        for (std::size_t& row : errors[piece].rows) row += begin;
      } catch (...) {
        thrown[piece] = std::current_exception();
      }
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t k = 1; k < workers; ++k) others.emplace_back(work);
    work();
  }
  for (const std::exception_ptr& exception : thrown) {
    if (exception) std::rethrow_exception(exception);  // Guard reports it
  }
  BatchErrors all;
  for (BatchErrors& part : errors) {
    if (all.rows.empty()) all.first = part.first;
    all.rows.insert(all.rows.end(), part.rows.begin(), part.rows.end());
  }
  return all;
}

}  // namespace motcua::capi

#endif  // MOTCUA_CAPI_ROW_THREADS_H_
