package org.trispike.vq.scan;

/** Where the codes of a bank's rows are. */
interface Codes {

  int rows();

  /** Leads a query past those rows that may be of interest to it. */
  void scan(float[] query, ScanQuery pass);
}
