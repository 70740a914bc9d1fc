#include "motcua/journal/epochs.h"

#include <algorithm>
#include <cstring>

#include "motcua/journal/chain.h"

namespace motcua {
namespace {

constexpr std::string_view kPrefix = "epoch:";  // begins with kEpochPrefix

std::string Octets(std::uint64_t number) {
  return {reinterpret_cast<const char*>(&number), sizeof number};
}

std::uint64_t Number(std::string_view octets) {
  std::uint64_t number = 0;
  if (octets.size() == sizeof number) std::memcpy(&number, octets.data(), sizeof number);
  return number;
}

}  // namespace

void Epochs::Begin(std::uint64_t epoch, std::uint64_t turn,
                   const std::vector<EpochParent>& others) {
  std::vector<EpochParent> parents = Heads(turn);
  parents.insert(parents.end(), others.begin(), others.end());
  current_ = epoch;
  pending_ = std::move(parents);
  used_ = false;
  Learn(epoch, pending_);
}

void Epochs::Settle() {
  pending_.clear();
  used_ = true;
}

void Epochs::Learn(std::uint64_t epoch, const std::vector<EpochParent>& parents) {
  parents_[epoch] = parents;
  ancestors_.clear();
}

void Epochs::LearnAll(const Epochs& other) {
  parents_.insert(other.parents_.begin(), other.parents_.end());
  ancestors_.clear();
}

std::vector<EpochParent> Epochs::Heads(std::uint64_t turn) const {
  if (current_ == 0) return {};
  if (!used_) return pending_;
  return {{current_, turn}};
}

const std::map<std::uint64_t, std::uint64_t>& Epochs::Ancestors(std::uint64_t epoch) const {
  const auto known = ancestors_.find(epoch);
  if (known != ancestors_.end()) return known->second;
  std::map<std::uint64_t, std::uint64_t> reached;
  std::vector<std::uint64_t> to_visit = {epoch};
  while (!to_visit.empty()) {
    const auto found = parents_.find(to_visit.back());
    to_visit.pop_back();
    if (found == parents_.end()) continue;
    for (const EpochParent& parent : found->second) {
      const auto [place, is_new] = reached.emplace(parent.epoch, parent.turn);
      place->second = std::max(place->second, parent.turn);
      if (is_new) to_visit.push_back(parent.epoch);
    }
  }
  return ancestors_.emplace(epoch, std::move(reached)).first->second;
}

bool Epochs::Knew(std::uint64_t by_epoch, std::uint64_t by_turn, std::uint64_t epoch,
                  std::uint64_t turn) const {
  if (by_epoch == epoch) return turn < by_turn;
  const auto& ancestors = Ancestors(by_epoch);
  const auto found = ancestors.find(epoch);
  return found != ancestors.end() && turn <= found->second;
}

Settings Epochs::AsSettings() const {
  Settings settings = {{"epoch", Octets(current_)},
                       {"epoch_pending", EncodeParents(pending_)},
                       {"epoch_used", used_ ? "1" : ""}};
  for (const auto& [epoch, parents] : parents_) {
    settings[std::string(kPrefix) + Hex(Octets(epoch))] = Octets(epoch) + EncodeParents(parents);
  }
  return settings;
}

void Epochs::Load(const Settings& settings) {
  const auto value = [&](const char* name) {
    const auto found = settings.find(name);
    return found == settings.end() ? std::string_view() : std::string_view(found->second);
  };
  current_ = Number(value("epoch"));
  pending_ = DecodeParents(value("epoch_pending"));
  used_ = !value("epoch_used").empty();
  ancestors_.clear();
  for (auto row = settings.lower_bound(std::string(kPrefix));
       row != settings.end() && row->first.starts_with(kPrefix); ++row) {
    const std::string_view bytes = row->second;
    if (bytes.size() < 8) continue;
    parents_[Number(bytes.substr(0, 8))] = DecodeParents(bytes.substr(8));
  }
}

}  // namespace motcua
