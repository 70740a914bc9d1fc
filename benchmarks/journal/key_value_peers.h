// Key-value stores beside which the journal's figures are read.
#ifndef MOTCUA_BENCHMARKS_JOURNAL_KEY_VALUE_PEERS_H_
#define MOTCUA_BENCHMARKS_JOURNAL_KEY_VALUE_PEERS_H_

#include <optional>
#include <string>
#include <vector>

namespace motcua {

// Seconds to write the records under the numbers 1, 2, ... into a new store in `folder`, `each`
// of them a durable commit. None in a build without the store.
std::optional<double> WriteLmdb(const std::string& folder, const std::vector<std::string>& records,
                                int each);
std::optional<double> WriteRocksDb(const std::string& folder,
                                   const std::vector<std::string>& records, int each);

}  // namespace motcua

#endif  // MOTCUA_BENCHMARKS_JOURNAL_KEY_VALUE_PEERS_H_
