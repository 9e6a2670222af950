// Resolved in place of `./mock` by bundlers for browsers. The specifier is the error message of the failed build.
import 'abeja-platform-client/mock needs Node.js. In a browser, import abeja-platform-client'
