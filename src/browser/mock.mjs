// Resolved in place of `./mock` by bundlers for browsers. The specifier is the error message of the failed build. It must
// not begin with the name of the package, which bundlers would look up in its exports.
import 'Node.js is required by abeja-platform-client/mock. In a browser, import abeja-platform-client'
