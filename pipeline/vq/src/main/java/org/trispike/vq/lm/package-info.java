/**
 * A language model for inference on quantized weights and a quantized key/value cache: what
 * question answering calls.
 *
 * <p>{@link org.trispike.vq.lm.Llama2cFile} and {@link org.trispike.vq.lm.Tokenizer} read a model,
 * {@link org.trispike.vq.lm.Llama} holds it with full or quantized weights, {@link
 * org.trispike.vq.lm.Decoder} runs one sequence token by token, over a plain cache or over {@link
 * org.trispike.vq.lm.CacheCodebooks}. One sequence at a time, on the calling thread.
 */
package org.trispike.vq.lm;
