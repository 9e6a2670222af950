// Resolved in place of `./node` by bundlers for browsers. The specifier is the error message of the failed build.
import 'abeja-platform-client/node needs Node.js. In a browser, import abeja-platform-client'
