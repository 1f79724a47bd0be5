package org.trispike.vq.train;

import java.util.ArrayList;
import java.util.List;
import org.trispike.vq.CodebookKind;
import org.trispike.vq.VqConfig;

/**
 * Rounds that add up: each is fitted to what the ones before it left, then all are improved in turn
 * with the others held (coordinate descent on codes and entries; the error never rises).
 */
final class ResidualCoder {
  private final VqConfig config;
  private final Nearest nearest;
  private final KMeans kMeans;
  private final int refinements;

  ResidualCoder(VqConfig config, Nearest nearest, KMeans kMeans, int refinements) {
    this.config = config;
    this.nearest = nearest;
    this.kMeans = kMeans;
    // One round has nothing beside it to be improved against.
    this.refinements = config.rounds() == 1 ? 0 : refinements;
  }

  /** A book a round for the points. */
  List<Book> fit(Points points, long key) {
    Points residual = points.copy();
    List<Book> books = new ArrayList<>();
    List<int[]> codes = new ArrayList<>();
    for (int round = 0; round < config.rounds(); round++) {
      Book book = book(residual, round, key + round);
      books.add(book);
      codes.add(book.nearest(residual));
      add(book, codes.get(round), -1, residual);
    }
    for (int pass = 0; pass < refinements; pass++) {
      for (int round = 0; round < books.size(); round++) {
        add(books.get(round), codes.get(round), 1, residual);
        books.set(round, refit(books.get(round), codes.get(round), residual));
        codes.set(round, books.get(round).nearest(residual));
        add(books.get(round), codes.get(round), -1, residual);
      }
    }
    return books;
  }

  private Book book(Points residual, int round, long key) {
    return config.kind() == CodebookKind.E8P
        ? LatticeBook.fit(residual, config.rounds() - round)
        : new TableBook(
            nearest, config.vectorLength(), kMeans.fit(residual, config.entries(), key).entries());
  }

  private Book refit(Book book, int[] codes, Points residual) {
    if (!(book instanceof TableBook table)) {
      return book;
    }
    double[] distances = new double[codes.length];
    for (int i = 0; i < codes.length; i++) {
      distances[i] = residual.distance(i, table.entries(), codes[i] * table.length());
    }
    Clustering next = kMeans.step(residual, new Clustering(table.entries(), codes, distances));
    return new TableBook(nearest, table.length(), next.entries());
  }

  /** Codes of each round for the points: greedy, then improved in turn. */
  List<int[]> encode(Points points, List<Book> books) {
    Points residual = points.copy();
    List<int[]> codes = new ArrayList<>();
    for (Book book : books) {
      codes.add(book.nearest(residual));
      add(book, codes.get(codes.size() - 1), -1, residual);
    }
    for (int pass = 0; pass < refinements; pass++) {
      for (int round = 0; round < books.size(); round++) {
        add(books.get(round), codes.get(round), 1, residual);
        codes.set(round, books.get(round).nearest(residual));
        add(books.get(round), codes.get(round), -1, residual);
      }
    }
    return codes;
  }

  private static void add(Book book, int[] codes, float sign, Points residual) {
    for (int i = 0; i < codes.length; i++) {
      book.add(codes[i], sign, residual.values(), i * residual.length());
    }
  }
}
