package org.trispike.spiking;

/** Whether norms stand for themselves or are folded into the linear maps before them. */
enum Form {
  TRAINABLE("final"),
  FOLDED("head");

  private final String last;

  Form(String last) {
    this.last = last;
  }

  /** The name of an encoder's last map, which in a folded network is one of classes. */
  String last() {
    return last;
  }
}
