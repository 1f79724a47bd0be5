// The codebook cache: entries below N_REGISTERS in registers, below N_SHARED in shared memory, all
// others in global memory. Codebooks are sorted by use, so a code itself says where its entry is.

constexpr int STAGED = N_SHARED - N_REGISTERS;
constexpr int SLOTS = TILES_OF_PART * ROUNDS_OF_PART;
constexpr int BOOK_WORDS = ENTRIES * ENTRY_WORDS + SCALE_WORDS;

/** An entry as it is stored. */
struct Entry {
  Word word[ENTRY_WORDS];
};

/** One codebook of one round, as a thread sees it. */
struct Book {
  const Word* global;
  const Word* shared;
  Entry hot[N_REGISTERS > 0 ? N_REGISTERS : 1];
  Pair scale;
};

/** In as few loads as there are 16 bytes. */
__device__ inline void copy(Entry& to, const Word* from) {
  if constexpr (ENTRY_WORDS % 4 == 0) {
#pragma unroll
    for (int i = 0; i < ENTRY_WORDS; i += 4) {
      uint4 four = *reinterpret_cast<const uint4*>(from + i);
      to.word[i] = four.x;
      to.word[i + 1] = four.y;
      to.word[i + 2] = four.z;
      to.word[i + 3] = four.w;
    }
  } else if constexpr (ENTRY_WORDS == 2) {
    uint2 two = *reinterpret_cast<const uint2*>(from);
    to.word[0] = two.x;
    to.word[1] = two.y;
  } else {
    to.word[0] = from[0];
  }
}

/** Where a codebook of the block begins in global memory. */
__device__ inline const Word* globalBook(const Word* books, const Block& block, int tile, int round) {
  int column = (block.head * GROUPS_OF_HEAD + (block.firstTile + tile) * GROUPS_OF_TILE) * LENGTH;
  int codebook = block.band * TILES_OF_ROW + column / SCOPE_COLUMNS;
  return books + (codebook * ROUNDS + block.firstRound + round) * static_cast<long long>(BOOK_WORDS);
}

/** Load: the block copies the shared tier of all its codebooks. A barrier has to follow. */
__device__ inline void load(Word* shared, const Word* books, const Block& block) {
  for (int slot = 0; slot < SLOTS; slot++) {
    int tile = slot / ROUNDS_OF_PART;
    if (groupOf(block, tile) < groupOf(block, tile + 1)) {
      const Word* from = globalBook(books, block, tile, slot % ROUNDS_OF_PART);
      for (int i = threadIdx.x; i < STAGED * ENTRY_WORDS; i += THREADS) {
        shared[slot * STAGED * ENTRY_WORDS + i] = from[N_REGISTERS * ENTRY_WORDS + i];
      }
    }
  }
}

/** Switch: the thread takes the register tier of another codebook. */
__device__ inline void switchTo(
    Book& book, const Word* shared, const Word* books, const Block& block, int tile, int round) {
  book.global = globalBook(books, block, tile, round);
  book.shared = shared + (tile * ROUNDS_OF_PART + round) * STAGED * ENTRY_WORDS;
#pragma unroll
  for (int i = 0; i < N_REGISTERS; i++) {
    copy(book.hot[i], book.global + i * ENTRY_WORDS);
  }
  if constexpr (SCALE_WORDS > 0) {
    book.scale = book.global[ENTRIES * ENTRY_WORDS];
  }
}

/** Access. Registers have no addresses: each hot entry is compared with the index. */
__device__ inline Entry access(const Book& book, unsigned index) {
  Entry entry;
  if (index >= N_REGISTERS) {
    if (N_SHARED == ENTRIES || (STAGED > 0 && index < N_SHARED)) {
      copy(entry, book.shared + (index - N_REGISTERS) * ENTRY_WORDS);
    } else {
      copy(entry, book.global + index * ENTRY_WORDS);
    }
  }
#pragma unroll
  for (int i = 0; i < N_REGISTERS; i++) {
    if (index == i) {
      entry = book.hot[i];
    }
  }
  return entry;
}
