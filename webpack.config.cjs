const { isAbsolute, join, sep } = require('node:path');

/**
 * How `nest build` bundles an app: one `dist/apps/<app>/main.js` that holds the app and the
 * workspaces it uses; npm packages stay outside, in node_modules.
 */
module.exports = (options) => ({
  ...options,
  // Workspaces are TypeScript sources behind links in node_modules: they go into the bundle.
  externals: [
    ({ request, context }, callback) => {
      const inside = /^(\.|\/|@das\/|@contracts\/)/.test(request) || isNested(request, context);
      return inside ? callback() : callback(null, `commonjs ${request}`);
    },
  ],
  // Types are checked once for the whole tree by `npm run verify`, not once per app.
  plugins: options.plugins.filter((plugin) => plugin.constructor.name !== 'ForkTsCheckerWebpackPlugin'),
  devtool: 'source-map',
});

/**
 * A package of another version than the root's stands in its workspace's own node_modules, where nothing in
 * dist/ would find it: it goes into the bundle too.
 */
function isNested(request, context) {
  try {
    const path = require.resolve(request, { paths: [context] });
    return isAbsolute(path) && !path.startsWith(join(module.path, 'node_modules') + sep);
  } catch {
    // Only for `import`: npm put it at the root, or the bundle says so when it starts.
    return false;
  }
}
