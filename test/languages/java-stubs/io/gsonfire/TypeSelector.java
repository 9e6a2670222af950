package io.gsonfire;

/** Stands in for the library gson-fire, which Debian has not. The client imports it without a use. */
public interface TypeSelector<T> {}
