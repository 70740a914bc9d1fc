// Batches in threads: a batch is cut into pieces of whole rows, one a thread.
#ifndef MOTCUA_CAPI_ROW_THREADS_H_
#define MOTCUA_CAPI_ROW_THREADS_H_

#include <algorithm>
#include <cstddef>
#include <exception>
#include <thread>
#include <vector>

#include "motcua/time/batch.h"

namespace motcua::capi {

// `run(begin, end)` computes the rows [begin, end) and returns their failures, numbered from
// `begin`; the failures of all pieces come back joined, in order.
template <typename Run>
BatchErrors InThreads(std::size_t rows, std::int32_t threads, Run&& run) {
  constexpr std::size_t kRowsWorthAThread = 16384;
  constexpr std::size_t kMostThreads = 256;
  const std::size_t wanted = threads < 1 ? 1 : static_cast<std::size_t>(threads);
  const std::size_t pieces =
      std::clamp<std::size_t>(rows / kRowsWorthAThread, 1, std::min(wanted, kMostThreads));
  if (pieces == 1) return run(std::size_t{0}, rows);
  std::vector<BatchErrors> errors(pieces);
  std::vector<std::exception_ptr> thrown(pieces);
  const auto run_piece = [&](std::size_t piece) {
    try {
      const std::size_t begin = rows * piece / pieces;
      errors[piece] = run(begin, rows * (piece + 1) / pieces);
      for (std::size_t& row : errors[piece].rows) row += begin;
    } catch (...) {
      thrown[piece] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> workers;
    for (std::size_t piece = 1; piece < pieces; ++piece) workers.emplace_back(run_piece, piece);
    run_piece(0);
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
