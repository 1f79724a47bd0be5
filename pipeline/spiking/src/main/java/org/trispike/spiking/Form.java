package org.trispike.spiking;

/** Whether norms stand for themselves or are folded into the linear maps before them. */
enum Form {
  TRAINABLE,
  FOLDED
}
