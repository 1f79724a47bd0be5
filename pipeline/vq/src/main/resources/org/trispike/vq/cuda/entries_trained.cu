// Trained entries are the numbers themselves.

__device__ inline Vector point(const Book& book, unsigned code) {
  Entry entry = access(book, code);
  Vector vector;
#pragma unroll
  for (int i = 0; i < PAIRS; i++) {
    vector.pair[i] = entry.word[i];
  }
  return vector;
}
