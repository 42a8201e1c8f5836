// What Node.js applications do with node-postgres, printed.
const { Client, Pool } = require('pg');

async function main() {
  const [port, tls] = process.argv.slice(2);
  const settings = {
    host: '127.0.0.1',
    port: Number(port),
    user: 'postgres',
    database: 'postgres',
    ssl: tls ? { rejectUnauthorized: false } : false,
  };
  const client = new Client(settings);
  await client.connect();
  await client.query('create temp table work(id int primary key, name text, price numeric, at timestamptz)');
  for (let i = 0; i < 20; i++) {
    await client.query('insert into work values ($1, $2, $3, $4)', [i, `näme '${i}'`, i / 8, new Date(0)]);
  }
  for (let i = 0; i < 5; i++) {
    const named = await client.query({ name: 'by-id', text: 'select * from work where id = $1', values: [i] });
    console.log(JSON.stringify(named.rows));
  }
  const several = await client.query('select 1 as a; select 2 as b, 3 as c');
  console.log(JSON.stringify(several.map((result) => result.rows)));
  for (const wrong of ['select no_such_column', 'selec', 'insert into work(id) values (1)']) {
    await client.query(wrong).catch((error) => console.log(error.code));
  }
  const pending = [1, 2, 3, 4].map((i) => client.query('select $1::int as i, repeat($2, 50000) as t', [i, 'x']));
  console.log((await Promise.all(pending)).map((result) => result.rows[0].i + result.rows[0].t.length));
  const notified = new Promise((resolve) => client.on('notification', resolve));
  await client.query('listen news');
  await client.query("notify news, 'hello'");
  console.log((await notified).payload);
  await client.end();
  const pool = new Pool({ ...settings, max: 4 });
  const rows = await Promise.all([...Array(30).keys()].map((i) => pool.query('select $1::int * 2 as d', [i])));
  console.log(rows.map((result) => result.rows[0].d).join(' '));
  await pool.end();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
