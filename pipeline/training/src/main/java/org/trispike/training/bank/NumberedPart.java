package org.trispike.training.bank;

import java.io.Serializable;
import org.trispike.vq.bank.BankPart;

/** A part and its place among the others. */
record NumberedPart(int number, BankPart part) implements Serializable {}
