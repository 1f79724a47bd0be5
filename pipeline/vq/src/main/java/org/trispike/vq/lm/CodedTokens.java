package org.trispike.vq.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tokens as codes, a byte a channel group, in blocks of tokens in which the codes of a group lie
 * beside each other. Nothing is decoded: scores are sums of products of the query with the entries,
 * looked up by code, and values are the entries weighted by the shares that their codes gathered,
 * one group of channels after the other, as its codebook asks for (the codebook-centric dataflow of
 * Liu et al., VQ-LLM, HPCA 2025, section 6).
 *
 * <p>Heads are filled up to whole {@link Quads}; codes of groups that are none stay 0.
 */
final class CodedTokens implements Tokens {
  /** Tokens of a block; their scores take 4 KB. */
  static final int BLOCK = 1024;

  private final Lanes lanes;
  private final ChannelCodebooks codebooks;
  private final int heads;
  private final int groupsOfHead;
  private final int quadsOfHead;
  private final List<byte[]> blocks = new ArrayList<>();
  private final byte[] codes;
  private final float[] tables;
  private final float[] masses = new float[Quads.GROUPS * Quads.PLACES];
  private int count;

  CodedTokens(Lanes lanes, ChannelCodebooks codebooks, int channels) {
    this.lanes = lanes;
    this.codebooks = codebooks;
    this.groupsOfHead = channels / codebooks.length();
    this.heads = codebooks.groups() / groupsOfHead;
    this.quadsOfHead = (groupsOfHead + Quads.GROUPS - 1) / Quads.GROUPS;
    this.codes = new byte[codebooks.groups()];
    this.tables = new float[quadsOfHead * Quads.GROUPS * Quads.PLACES];
  }

  /** Adds a token: the nearest entry of each of its groups. */
  void append(float[] token) {
    if (count % BLOCK == 0) {
      blocks.add(new byte[heads * quadsOfHead * Quads.GROUPS * BLOCK]);
    }
    codebooks.encode(lanes, token, codes);
    byte[] block = blocks.get(blocks.size() - 1);
    for (int group = 0; group < codes.length; group++) {
      int at = codesAt(group / groupsOfHead, group % groupsOfHead);
      block[at + count % BLOCK] = codes[group];
    }
    count++;
  }

  /** Where in a block the codes of a group of a head begin. */
  private int codesAt(int head, int group) {
    return (head * quadsOfHead * Quads.GROUPS + group) * BLOCK;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void scores(int head, float[] query, int queryAt, float[] scores, int at) {
    codebooks.products(lanes, query, queryAt, head * groupsOfHead, groupsOfHead, tables);
    Arrays.fill(scores, at, at + count, 0f);
    for (int block = 0; block < blocks.size(); block++) {
      int first = block * BLOCK;
      int tokens = Math.min(BLOCK, count - first);
      for (int group = 0; group < groupsOfHead; group += Quads.GROUPS) {
        Quads.addScores(
            blocks.get(block),
            codesAt(head, group),
            BLOCK,
            tokens,
            tables,
            group * Quads.PLACES,
            scores,
            at + first);
      }
    }
  }

  @Override
  public void mix(int head, float[] shares, int sharesAt, float[] y, int yAt) {
    for (int quad = 0; quad < groupsOfHead; quad += Quads.GROUPS) {
      Quads.masses(blocks, codesAt(head, quad), BLOCK, count, shares, sharesAt, masses);
      for (int group = quad; group < Math.min(quad + Quads.GROUPS, groupsOfHead); group++) {
        codebooks.mix(
            lanes,
            head * groupsOfHead + group,
            masses,
            (group - quad) * Quads.PLACES,
            y,
            yAt + group * codebooks.length());
      }
    }
  }

  @Override
  public long bytes() {
    return (long) heads * quadsOfHead * Quads.GROUPS * count;
  }
}
