// An OpenID Connect provider that tests sign in at: node issuer.mjs PACKAGES PORT. Whoever says to be NAME+ROLE is called NAME and has that role.
import { pathToFileURL } from 'node:url';

const [packages, port] = process.argv.slice(2);
const { default: Provider } = await import(pathToFileURL(`${packages}/oidc-provider/lib/index.js`));
const account = (id) => {
  const [name, ...roles] = id.split('+');
  return { accountId: id, claims: () => ({ sub: name, preferred_username: `${name} of the tests`, roles }) };
};
new Provider(`http://127.0.0.1:${port}`, {
  features: { devInteractions: { enabled: true }, registration: { enabled: true }, pushedAuthorizationRequests: { enabled: false } },
  pkce: { required: () => true, methods: ['S256'] },
  claims: { openid: ['sub'], profile: ['preferred_username'], roles: ['roles'] },
  findAccount: (_, id) => account(id),
}).listen(Number(port), '127.0.0.1');
