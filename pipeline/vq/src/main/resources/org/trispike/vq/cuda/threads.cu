constexpr int LANES = 32;
constexpr int WARPS = THREADS / LANES;
constexpr unsigned ALL_LANES = 0xffffffffu;
