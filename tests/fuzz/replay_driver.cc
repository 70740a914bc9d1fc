// Runs a fuzz target without libFuzzer: every file of a corpus, then mutations of them.
//
//   NAME_fuzz CORPUS [MUTATIONS [SECONDS [SEED]]]
//
// The mutations of a seed are the same everywhere; SECONDS only ends them early. A target that
// aborts leaves the input that did it in ./fuzz-input, to be kept in the corpus.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::string current_input;  // what the target runs on, for the signal handler

extern "C" void KeepInput(int signal) {
  if (std::FILE* file = std::fopen("fuzz-input", "wb")) {
    std::fwrite(current_input.data(), 1, current_input.size(), file);
    std::fclose(file);
  }
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void Run(const std::string& input) {
  current_input = input;
  // A block of exactly that size: a byte read beyond it is seen by the address sanitizer.
  const std::vector<std::uint8_t> bytes(input.begin(), input.end());
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

std::vector<std::string> ReadCorpus(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> inputs;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return inputs;
}

class Mutator {
 public:
  Mutator(const std::vector<std::string>& corpus, std::uint64_t seed)
      : corpus_(corpus), random_(seed) {}

  std::string Next() {
    std::string input = corpus_[Below(corpus_.size())];
    for (std::size_t changes = 1 + Below(4); changes > 0; --changes) Change(input);
    return input;
  }

 private:
  // Not uniform_int_distribution, whose numbers differ between libraries.
  std::size_t Below(std::size_t end) { return end == 0 ? 0 : random_() % end; }

  void Change(std::string& input) {
    const std::size_t at = Below(input.size() + 1);
    const std::size_t length = std::min(Below(32), input.size() - at);
    switch (Below(6)) {
      case 0:  // flip a bit
        if (at < input.size()) input[at] = static_cast<char>(input[at] ^ (1 << Below(8)));
        return;
      case 1:
        input.insert(at, 1, static_cast<char>(Below(256)));
        return;
      case 2:
        input.erase(at, length);
        return;
      case 3:  // repeat what stands there
        input.insert(at, std::string(input, at, length));
        return;
      case 4: {  // the beginning of one, the end of another
        const std::string& other = corpus_[Below(corpus_.size())];
        input.replace(at, std::string::npos, other, Below(other.size() + 1), std::string::npos);
        return;
      }
      default: {  // a piece of another over what stands there
        const std::string& other = corpus_[Below(corpus_.size())];
        input.replace(at, length, other, Below(other.size() + 1), Below(32));
        return;
      }
    }
  }

  const std::vector<std::string>& corpus_;
  std::mt19937_64 random_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 5) {
    std::fprintf(stderr, "usage: %s CORPUS [MUTATIONS [SECONDS [SEED]]]\n", argv[0]);
    return 2;
  }
  const std::vector<std::string> corpus = ReadCorpus(argv[1]);
  if (corpus.empty()) {
    std::fprintf(stderr, "%s: no file in %s\n", argv[0], argv[1]);
    return 2;
  }
  const long mutations = argc > 2 ? std::atol(argv[2]) : 0;
  const long seconds = argc > 3 ? std::atol(argv[3]) : 3600;
  const auto seed = argc > 4 ? static_cast<std::uint64_t>(std::atoll(argv[4])) : 1;
  std::signal(SIGABRT, KeepInput);
  std::signal(SIGSEGV, KeepInput);

  for (const std::string& input : corpus) Run(input);
  Mutator mutator(corpus, seed);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  long done = 0;
  for (; done < mutations && std::chrono::steady_clock::now() < end; ++done) Run(mutator.Next());
  std::printf("%zu files, %ld mutations\n", corpus.size(), done);
  return 0;
}
