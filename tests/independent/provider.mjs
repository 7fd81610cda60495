// An independent OpenID Connect provider with one client, claims in the words of VNeID, and its own sign-in pages.
import Provider from 'oidc-provider';

const [port, secret, back] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: 'motcua', client_secret: secret, redirect_uris: [back],
    grant_types: ['authorization_code'], response_types: ['code'],
  }],
  claims: { openid: ['sub', 'LoaiTaiKhoan', 'SoDinhDanh', 'HoVaTen', 'NgayThangNamSinh', 'loAs'] },
  conformIdTokenClaims: true,
  pkce: { required: () => true },
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => ({
      sub: id, LoaiTaiKhoan: '1', SoDinhDanh: '001085012345', HoVaTen: 'Nguyễn Văn An',
      NgayThangNamSinh: '19850312', loAs: '2',
    }),
  }),
  features: { devInteractions: { enabled: true } },
  cookies: { keys: [secret] },
});
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
