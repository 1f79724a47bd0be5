// Which rows and codebooks a thread block has, and where its codes lie.
//
// blockIdx.x counts blocks of rows (outputs or tokens), blockIdx.y parts of each head's codebooks,
// blockIdx.z activations or sequences. A band is rows that share codebooks; no block has two.

constexpr int PARTS = TILE_PARTS * ROUND_PARTS;
constexpr int GROUPS_OF_PART =
    TILES_OF_PART * GROUPS_OF_TILE < GROUPS_OF_HEAD ? TILES_OF_PART * GROUPS_OF_TILE : GROUPS_OF_HEAD;

struct Block {
  int band;
  int firstRow;
  int endRow;
  int head;
  int part;
  int firstTile;   // of the head
  int firstRound;
};

__device__ inline int least(int a, int b) { return a < b ? a : b; }

__device__ inline Block blockOf(int rows) {
  Block block;
  int bandRows = least(SCOPE_ROWS, rows);
  int blocksOfBand = (bandRows - 1) / ROWS_OF_BLOCK + 1;
  int inBand = blockIdx.x % blocksOfBand * ROWS_OF_BLOCK;
  block.band = blockIdx.x / blocksOfBand;
  block.firstRow = block.band * bandRows + inBand;
  block.endRow = least(block.firstRow + least(ROWS_OF_BLOCK, bandRows - inBand), rows);
  block.head = blockIdx.y / PARTS;
  block.part = blockIdx.y % PARTS;
  block.firstTile = block.part / ROUND_PARTS * TILES_OF_PART;
  block.firstRound = block.part % ROUND_PARTS * ROUNDS_OF_PART;
  return block;
}

/** The first vector of a tile of the block, counted within its part; groupOf(.., n + 1) ends it. */
__device__ inline int groupOf(const Block& block, int tile) {
  int group = (block.firstTile + tile) * GROUPS_OF_TILE;
  return least(group, GROUPS_OF_HEAD) - least(block.firstTile * GROUPS_OF_TILE, GROUPS_OF_HEAD);
}

/** The first column of a vector of the block, within its head. */
__device__ inline int columnOf(const Block& block, int group) {
  return (block.firstTile * GROUPS_OF_TILE + group) * LENGTH;
}

/** Codes lie part after part, in a part row after row, in a row round after round. */
__device__ inline long long positionOf(const Block& block, int rows, int row, int group) {
  long long part = block.head * PARTS + block.part;
  return ((part * rows + row) * ROUNDS_OF_PART) * GROUPS_OF_PART + group;
}

/** The code at a position. Those of odd widths straddle words; a spare word ends the stream. */
__device__ inline unsigned codeAt(const unsigned* codes, long long position) {
  long long bit = position * BITS;
  const unsigned* word = codes + (bit >> 5);
  unsigned shift = bit & 31;
  if constexpr (32 % BITS == 0) {
    return word[0] >> shift & ((1u << BITS) - 1);
  } else {
    return __funnelshift_r(word[0], word[1], shift) & ((1u << BITS) - 1);
  }
}
