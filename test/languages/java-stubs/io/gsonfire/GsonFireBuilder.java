package io.gsonfire;

import com.google.gson.GsonBuilder;

/** Stands in for the library gson-fire, which Debian has not. The client uses this much of it. */
public class GsonFireBuilder {
    public GsonBuilder createGsonBuilder() {
        return new GsonBuilder();
    }
}
