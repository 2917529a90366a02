/**
 * How `nest build` bundles an app: one `dist/apps/<app>/main.js` that holds the app and the
 * workspaces it uses; npm packages stay outside, in node_modules.
 */
module.exports = (options) => ({
  ...options,
  // Workspaces are TypeScript sources behind links in node_modules: they go into the bundle.
  externals: [
    ({ request }, callback) => {
      const inside = /^(\.|\/|@das\/|@contracts\/)/.test(request);
      return inside ? callback() : callback(null, `commonjs ${request}`);
    },
  ],
  // Types are checked once for the whole tree by `npm run verify`, not once per app.
  plugins: options.plugins.filter((plugin) => plugin.constructor.name !== 'ForkTsCheckerWebpackPlugin'),
  devtool: 'source-map',
});
