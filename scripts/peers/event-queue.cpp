// The peer of workers/bench/events.ts: the same M/M/1 stations on std::priority_queue, sfc32 and std::log.
// Usage: event-queue CUSTOMERS PENDING. Prints the same JSON line.
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <queue>
#include <vector>

struct Random {
  uint32_t a = 1, b = 2, c = 3, counter = 1;
  uint32_t next() {
    const uint32_t t = a + b + counter++;
    a = b ^ (b >> 9);
    b = c + (c << 3);
    c = ((c << 21) | (c >> 11)) + t;
    return t;
  }
  double unit() { return (next() + 0.5) / 4294967296.0; }
  double exponential(double mean) { return -mean * std::log(unit()); }
};

enum Kind { ARRIVAL, DEPARTURE };
struct Event {
  double at;
  uint64_t sequence;
  int32_t kind, station;
};
struct Later {
  bool operator()(const Event& x, const Event& y) const { return x.at > y.at || (x.at == y.at && x.sequence > y.sequence); }
};

int main(int argc, char** argv) {
  const long customers = argc > 1 ? std::atol(argv[1]) : 5000000;
  const int pending = argc > 2 ? std::atoi(argv[2]) : 100;
  const double service = 1e6, load = 0.8;
  Random random;
  for (int i = 0; i < 15; i += 1) random.next();
  std::priority_queue<Event, std::vector<Event>, Later> queue;
  std::vector<int32_t> inStation(pending, 0);
  uint64_t sequence = 0;
  double now = 0;
  long waiting = 0, events = 0;
  double area = 0;
  const auto after = [&](double mean, Kind kind, int station) { queue.push({now + random.exponential(mean), sequence++, kind, station}); };
  for (int station = 0; station < pending; station += 1) {
    while (random.unit() < load) inStation[station] += 1;
    if (inStation[station] > 1) waiting += inStation[station] - 1;
    after(service / load, ARRIVAL, station);
    if (inStation[station] > 0) after(service, DEPARTURE, station);
  }
  const auto start = std::chrono::steady_clock::now();
  for (long left = customers; left > 0; events += 1) {
    const Event event = queue.top();
    queue.pop();
    area += waiting * (event.at - now);
    now = event.at;
    int32_t& count = inStation[event.station];
    if (event.kind == ARRIVAL) {
      after(service / load, ARRIVAL, event.station);
      if (count++ > 0) waiting += 1;
      else after(service, DEPARTURE, event.station);
    } else {
      left -= 1;
      if (--count > 0) {
        waiting -= 1;
        after(service, DEPARTURE, event.station);
      }
    }
  }
  const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::printf("{\"events\":%ld,\"wallSeconds\":%.6f,\"eventsPerSecond\":%.1f,\"meanWait\":%.6f}\n", events, wall, events / wall, area / customers / service);
}
