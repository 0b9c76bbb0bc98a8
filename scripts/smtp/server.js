// A mail server for tests. Keeps each mail as a file NUMBER.eml in FOLDER and fails where the recipient says so:
//   tempfail@… 451    reject@… 550    drop@… takes the mail, then cuts the line before it answers    slow@… waits 3 s
//
//   node server.js --port 2525 --folder mails [--tls KEY CERTIFICATE] [--user NAME --password WORD]
//
// With --tls it offers STARTTLS; with --user it takes no mail from strangers. Says "listening on PORT" when it is ready.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { SMTPServer } = require('smtp-server');

function read(argv) {
  const options = { port: 2525, folder: 'mails' };
  for (let at = 0; at < argv.length; at += 1) {
    const name = argv[at].replace(/^--/, '');
    if (name === 'tls') {
      options.key = fs.readFileSync(argv[at + 1]);
      options.cert = fs.readFileSync(argv[at + 2]);
      at += 2;
    } else if (['port', 'folder', 'user', 'password'].includes(name) && argv[at + 1] !== undefined) {
      options[name] = argv[at + 1];
      at += 1;
    } else {
      throw new Error(`what is ${argv[at]}?`);
    }
  }
  return options;
}

function refusal(code, words) {
  return Object.assign(new Error(words), { responseCode: code });
}

const options = read(process.argv.slice(2));
fs.mkdirSync(options.folder, { recursive: true });
let count = 0;

const server = new SMTPServer({
  key: options.key,
  cert: options.cert,
  disabledCommands: [...(options.key ? [] : ['STARTTLS']), ...(options.user ? [] : ['AUTH'])],
  authOptional: !options.user,
  onAuth(auth, session, callback) {
    const isKnown = auth.username === options.user && auth.password === options.password;
    callback(isKnown ? null : refusal(535, 'who are you?'), { user: auth.username });
  },
  onRcptTo(address, session, callback) {
    const name = address.address.split('@')[0];
    if (name === 'tempfail') return callback(refusal(451, 'not now'));
    if (name === 'reject') return callback(refusal(550, 'nobody of this name'));
    return callback();
  },
  onData(stream, session, callback) {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('end', () => {
      count += 1;
      const file = path.join(options.folder, `${String(count).padStart(5, '0')}.eml`);
      fs.writeFileSync(file, Buffer.concat(parts));
      const names = session.envelope.rcptTo.map((to) => to.address.split('@')[0]);
      if (names.includes('drop')) return server.connections.forEach((one) => one.id === session.id && one.close());
      return setTimeout(callback, names.includes('slow') ? 3000 : 0);
    });
  },
});
server.on('error', (error) => console.error(error.message));
server.listen(Number(options.port), '127.0.0.1', () => console.log(`listening on ${server.server.address().port}`));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.close(() => process.exit(0)));
